import GatewayCore
package import NIOCore

/// Which lookups are recorded, and where to.
package struct LookupSampling: Sendable {
    let add: @Sendable (ByteBuffer) -> Void
    /// Of 2^32.
    private let share: UInt64

    /// - Parameters:
    ///   - share: of the requests, 0 to 1. All that concerns one request is recorded, or nothing.
    ///   - add: takes a line, one JSON object; must not block.
    package init(share: Double, add: @escaping @Sendable (ByteBuffer) -> Void) {
        self.share = UInt64(min(max(share, 0), 1) * 4_294_967_296)
        self.add = add
    }

    func takes(_ request: RequestID) -> Bool {
        let hash = FNV1a(request.description)
        // The upper bits of this hash hardly differ between short texts.
        let mixed = (hash.value ^ (hash.value >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return mixed >> 32 < share
    }
}
