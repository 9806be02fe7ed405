import GatewayCore
package import SemanticCache

/// What was stored with the encoder before this one, searched with that encoder: none of its vectors ever meets one of
/// the present encoder's.
package struct FormerSearch: Sendable {
    let encoder: EncoderStage
    let lookup: CacheLookup
    /// The longest that the present encoder may have taken: both share one deadline.
    let patience: Duration
    /// Whether there is nothing left that only it would find.
    let isOver: @Sendable () -> Bool
    /// Hears of each answer that was found.
    let onHit: @Sendable () -> Void

    /// - Parameters:
    ///   - encoder: with the rest of the deadline.
    ///   - lookup: judges by a threshold of that encoder's cosines.
    package init(
        encoder: EncoderStage, lookup: CacheLookup, patience: Duration,
        isOver: @escaping @Sendable () -> Bool = { false }, onHit: @escaping @Sendable () -> Void
    ) {
        self.encoder = encoder
        self.lookup = lookup
        self.patience = patience
        self.isOver = isOver
        self.onHit = onHit
    }

    /// From which cosine on a question is alike; nil for a request whose budget no cosine can promise to keep. What a
    /// route says of cosines and budgets is about the present encoder.
    func threshold(for request: AnalyzedRequest) -> Float? {
        if case .threshold(let threshold) = lookup.standard(for: request) { threshold } else { nil }
    }
}
