package import GatewayCore

extension ChatRequest {
    /// A hash of what a provider may be told that is no part of any key, such as `metadata`: requests that are one by
    /// their keys may differ in it, and one of them be refused for it. Of this process alone.
    package var incidentals: Int {
        var hasher = Hasher()
        for root in [document.root, origin?.document?.root].compactMap(\.self) {
            for name in CacheKeys.ignoredMembers.sorted() where name != "model" {
                guard let member = root[name] else { continue }
                var canonical = JSONCanonical()
                canonical.append(member)
                hasher.combine(name)
                hasher.combine(canonical.bytes)
            }
        }
        for header in origin?.headers ?? [] {
            hasher.combine(header.name)
            hasher.combine(header.value)
        }
        return hasher.finalize()
    }
}
