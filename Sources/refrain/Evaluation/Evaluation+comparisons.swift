import SemanticCache

extension Evaluation {
    /// How ``AnswerLikeness`` calls pairs of texts of which it is known whether they say the same. There are no sets of
    /// answers; questions are shorter, and harder to tell apart.
    func comparisons() -> TextTable {
        var table = TextTable([
            "pairs", "same", "called same", "called different", "not the same", "called same", "called different",
            "wrong of all called same",
        ])
        for set in data.pairs {
            let same = Self.calls(of: set.pairs.filter(\.isSame))
            let other = Self.calls(of: set.pairs.filter { !$0.isSame })
            let called = (same.calls[.same] ?? 0) + (other.calls[.same] ?? 0)
            table.add([
                set.name, "\(same.count)", Self.share(same, .same), Self.share(same, .different), "\(other.count)",
                Self.share(other, .same), Self.share(other, .different),
                called == 0 ? "–" : Percent.text(Double(other.calls[.same] ?? 0) / Double(called)),
            ])
        }
        return table
    }

    private typealias Calls = (count: Int, calls: [AnswerLikeness.Verdict: Int])

    private static func calls(of pairs: [EvaluationPairs.Pair]) -> Calls {
        var calls: [AnswerLikeness.Verdict: Int] = [:]
        for pair in pairs {
            let verdict = AnswerLikeness.verdict(cosine: Float(pair.similarity), structure: pair.verdict)
            calls[verdict, default: 0] += 1
        }
        return (pairs.count, calls)
    }

    private static func share(_ calls: Calls, _ verdict: AnswerLikeness.Verdict) -> String {
        calls.count == 0 ? "–" : Percent.text(Double(calls.calls[verdict] ?? 0) / Double(calls.count))
    }
}
