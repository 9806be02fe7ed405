package import GatewayCore

/// Whether two answers to one question say the same.
package enum AnswerSameness: Sendable, Equatable {
    case same
    case different
    /// Their words differ, and nothing tells whether what they say does.
    case unknown

    /// Two answers whose vectors are at least this near say the same, unless structure tells otherwise: models word the
    /// same answer anew each time.
    private static let nearness: Float = 0.97

    /// The text of the first choice of a stored answer; nil where there is none.
    package static func text(of answer: JSONDocument) -> String? {
        answer.root["choices"]?.elements.first { _ in true }?["message"]?["content"]?.string
    }

    /// Compares texts without regard to white space, then by meaning.
    /// - Parameter embed: nil where a text has no vector.
    package init(
        _ old: String, _ new: String, embed: (String) async -> EmbeddingVector?
    ) async {
        if old.split(whereSeparator: \.isWhitespace) == new.split(whereSeparator: \.isWhitespace) {
            self = .same
            return
        }
        let verdict = StructuralGuard.verdict(
            question: GuardFeatures(text: new), candidate: GuardFeatures(text: old))
        if verdict.isVeto {
            self = .different
            return
        }
        guard let before = await embed(old), let after = await embed(new),
            before.components.count == after.components.count
        else {
            self = .unknown
            return
        }
        let cosine = zip(before.components, after.components).reduce(Float(0)) { $0 + $1.0 * $1.1 }
        self = cosine >= Self.nearness ? .same : .different
    }

    /// See ``EntryFreshness/step``: what was found unchanged is trusted a little longer, what has changed no longer
    /// than usual at once.
    package func step(after step: Int) -> Int {
        switch self {
        case .same: min(step + 1, EntryFreshness.stepLimit)
        case .different: max(min(step, 0) - 1, -EntryFreshness.stepLimit)
        case .unknown: step
        }
    }
}
