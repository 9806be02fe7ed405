import SemanticCache
import VectorMath

/// Replays a stream against an empty cache: equal questions are served, then what the rule accepts; the rest is asked
/// of the model and stored with its own answer.
struct StreamReplay {
    private let stream: EvaluationStream
    private let isGuarded: Bool
    /// Texts stored so far, in order, and the answers they have.
    private var stored: [Int] = []
    private var answers: [Int?] = []
    private var isStored: [Bool]

    /// - Parameter isGuarded: whether the structural guard's vetoes are told to the rule.
    init(_ stream: EvaluationStream, isGuarded: Bool) {
        self.stream = stream
        self.isGuarded = isGuarded
        isStored = Array(repeating: false, count: stream.features.count)
    }

    /// - Parameter order: which requests to replay, by their places.
    mutating func run(
        _ rule: inout some ReplayRule, order: some Sequence<Int>, each: (Int, Bool, Bool?) -> Void = { _, _, _ in }
    ) -> StreamFigures {
        var figures = StreamFigures()
        for place in order {
            let request = stream.requests[place]
            let (isHit, isRight) = serve(request, by: &rule)
            figures.count(isHit: isHit, isRight: isRight)
            each(figures.requests, isHit, isRight)
            if !isHit { store(request) }
        }
        return figures
    }

    /// Stores the questions of these requests with their answers, as an import does.
    mutating func fill(_ order: some Sequence<Int>) {
        for place in order { store(stream.requests[place]) }
    }

    private mutating func store(_ request: EvaluationStream.Request) {
        guard !isStored[request.text] else { return }
        isStored[request.text] = true
        stored.append(request.text)
        answers.append(request.answer)
    }

    private func serve(
        _ request: EvaluationStream.Request, by rule: inout some ReplayRule
    ) -> (isHit: Bool, isRight: Bool?) {
        if isStored[request.text] {
            rule.countExactHit()
            return (true, request.answer == nil ? nil : true)
        }
        let near = nearest(to: request.text)
        let candidates = near.map { row in
            MatchCandidate(
                similarity: Double(min(row.score, 1)), group: answers[row.id].map { UInt64($0) } ?? .max,
                verdict: verdict(request.text, stored[row.id]))
        }
        let served = rule.place(candidates)
        if let served {
            let answer = answers[near[served].id]
            return (true, request.answer == nil && answer == nil ? nil : answer == request.answer)
        }
        rule.learn { answers[near[$0].id] == request.answer }
        return (false, nil)
    }

    private func verdict(_ question: Int, _ candidate: Int) -> GuardVerdict {
        guard isGuarded else { return .pass }
        return StructuralGuard.verdict(question: stream.features[question], candidate: stream.features[candidate])
    }

    private func nearest(to text: Int) -> [ScoredRow] {
        var best = TopK(limit: MatchFeatures.maximumCandidates, floor: CacheLookup.lowestNeighbour)
        stream.similarities.withRow(text) { row in
            for (place, other) in stored.enumerated() { best.offer(row[other], id: place) }
        }
        return best.rows
    }
}
