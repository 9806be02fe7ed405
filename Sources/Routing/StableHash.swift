import GatewayCore

/// A hash that is the same in every process, for choices that all replicas make alike.
enum StableHash {
    /// The end is mixed so that near texts are not near.
    static func of(_ text: String) -> UInt64 {
        var hash = FNV1a(text).value
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ (hash >> 33)
    }
}
