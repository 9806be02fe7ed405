/// How much of an encoder's time stored questions may take.
package struct ReembeddingPace: Sendable {
    let textsPerSecond: Int
    /// From the end of a round that found nothing to do to the next one.
    let rest: Duration
    /// Whether requests wait for the encoder.
    let isBusy: @Sendable () -> Bool

    /// Few: a request that comes meanwhile waits for the pass that they are in.
    private static let textsAtOnce = 16

    /// - Parameters:
    ///   - textsPerSecond: 1 at least.
    ///   - rest: what replicas of the former encoder store meanwhile is found by the next round.
    package init(
        textsPerSecond: Int, rest: Duration = .seconds(600), isBusy: @escaping @Sendable () -> Bool = { false }
    ) {
        self.textsPerSecond = max(textsPerSecond, 1)
        self.rest = rest
        self.isBusy = isBusy
    }

    /// How many texts are embedded together; an entry of more texts goes alone.
    var batch: Int { min(Self.textsAtOnce, textsPerSecond) }

    /// How long so many texts must take.
    func time(of texts: Int) -> Duration { Duration.seconds(1) * texts / textsPerSecond }
}
