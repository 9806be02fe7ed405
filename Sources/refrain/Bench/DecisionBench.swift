import SemanticCache

/// What a decision under an error budget costs beyond the scan: the question's features, eight comparisons by the
/// guard, the decision and how sure it is.
enum DecisionBench {
    private static let rounds = 5
    private static let decisions = 2_000
    /// Of the issue: the cost of a decision about eight candidates.
    private static let limit = 50.0

    private static let question = "How can I cancel an order that I have already placed?"
    private static let stored = [
        "How do I cancel an order I have already placed?", "Can I cancel an order after placing it?",
        "What is the way to cancel an order that was placed?", "How do I change an order I have already placed?",
        "Is it possible to cancel my order?", "Where can I see the orders that I have placed?",
        "How do I return an order that has arrived?", "When is an order that I placed delivered?",
    ]

    /// - Returns: the median of some rounds, in microseconds, with labels coming in as they do on misses.
    static func run() -> Bar {
        let features = stored.map { GuardFeatures(text: $0) }
        var namespace = NamespaceDecider(calibration: .miniLM)
        var random = BenchRandom(seed: 1)
        var times: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            for number in 0..<decisions {
                let asked = GuardFeatures(text: question)
                let candidates = features.enumerated().map { place, known in
                    MatchCandidate(
                        similarity: 0.97 - 0.04 * Double(place), group: UInt64(place % 3),
                        verdict: StructuralGuard.verdict(question: asked, candidate: known))
                }
                let decision = namespace.decide(
                    candidates, budget: 0.01, draw: Double.random(in: 0..<1, using: &random))
                _ = namespace.confidence(of: decision)
                if number % 4 == 0 { _ = namespace.learn(decision, isRight: number % 64 != 0, from: .answer) }
            }
            times.append(start.duration(to: .now).inMicroseconds / Double(decisions))
        }
        return Bar(
            goal: "decision about eight candidates beyond the scan ≤ 50 µs", limit: limit,
            measured: Figure.median(times))
    }
}
