import GatewayCore

extension CacheLives {
    /// Reads how long a route's answers live; nil where it says nothing of it.
    static func read(_ section: ConfigSection, _ check: SoftLifeCheck) -> CacheLives? {
        let timeToLive = section.optional("ttl", ConfigKind<Duration>.timeToLive)
        let softTimeToLive = section.optional("soft_ttl", ConfigKind<Duration>.duration(.zero ... .timeToLiveLimit))
        let staleIfError = section.optional("stale_if_error", ConfigKind<Duration>.duration(.zero ... .timeToLiveLimit))
        if let softTimeToLive, timeToLive != nil || !section.has("ttl") {
            check.check(softTimeToLive, against: timeToLive, in: section)
        }
        guard timeToLive != nil || softTimeToLive != nil || staleIfError != nil else { return nil }
        return CacheLives(timeToLive: timeToLive, softTimeToLive: softTimeToLive, staleIfError: staleIfError)
    }
}

extension Duration {
    /// No answer lives longer.
    static let timeToLiveLimit: Duration = .seconds(365 * 86_400)
}

extension ConfigKind<Duration> {
    static var timeToLive: ConfigKind { .duration(.seconds(1) ... .timeToLiveLimit) }
}
