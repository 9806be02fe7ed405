import ProviderAPIs

extension ResponseKeepingRules {
    /// Reads the section `responses`.
    mutating func read(_ section: ConfigSection) {
        section.read("life", .duration(.zero ... .seconds(30 * 86_400)), into: &life)
        section.read("size_limit", .bytes(1024...64 << 20), into: &bytesLimit)
    }
}
