import GatewayCore
package import SemanticCache

extension CuratedImporter {
    /// Batches under way: while one is written, the next is embedded.
    private static let batchesAtOnce = 4
    /// How often lines are tried again whose question another line gives up.
    private static let rounds = 8

    /// Stores all lines, in batches of which some are under way at once. A line that wants a question of another answer
    /// is tried again at the end, if that answer is in the file, too: it may have given the question up.
    ///
    /// Memory is bounded by the batches, see ``CuratedBatches``, by some thirty bytes for each line, by which answers
    /// that come twice are found, and by 32 MiB of lines that are tried again; those beyond are refused, and stand when
    /// the same import is run once more.
    /// - Parameters:
    ///   - next: gives some more lines, as many as are at hand; nil at the end.
    ///   - tell: hears of each line, in no order; and of how many were read by then.
    /// - Throws: when Redis or the encoder does not answer, and what `next` throws: what stands by then stays, and the
    ///   same import can be begun again.
    package func run(
        _ next: () async throws -> [CuratedReader.Line]?, tell: (CuratedReader.Line, CuratedOutcome) -> Void
    ) async throws -> CuratedReport {
        try await asking { () async throws(CacheStoreError) in try await store.open(shelf) }
        var report = CuratedReport()
        var names = CuratedNames()
        var leftovers = CuratedLeftovers()
        func note(_ line: CuratedReader.Line, _ outcome: CuratedOutcome) {
            report.count(outcome)
            tell(line, outcome)
        }
        func sort(_ lines: [CuratedReader.Line], _ outcomes: [CuratedOutcome]) {
            for (line, outcome) in zip(lines, outcomes) where !leftovers.keep(line, outcome) { note(line, outcome) }
        }
        try await withThrowingTaskGroup(of: ([CuratedReader.Line], [CuratedOutcome]).self) { group in
            var batches = CuratedBatches()
            var underWay = 0
            var isOver = false
            while !isOver {
                if let lines = try await next() {
                    for line in lines { batches.add(names.checked(line)) }
                } else {
                    isOver = true
                }
                while let lines = batches.next(isOver: isOver) {
                    if underWay == Self.batchesAtOnce, let (lines, outcomes) = try await group.next() {
                        sort(lines, outcomes)
                        underWay -= 1
                    }
                    group.addTask { (lines, try await store(lines)) }
                    underWay += 1
                }
            }
            for try await (lines, outcomes) in group { sort(lines, outcomes) }
        }
        for (line, outcome, owner) in leftovers.lines where !names.contains(owner) { note(line, outcome) }
        let again = leftovers.lines.filter { names.contains($0.owner) }.map { ($0.line, $0.outcome) }
        for (line, outcome) in try await retried(again) { note(line, outcome) }
        return report
    }

    /// Tries lines again, as long as that stores some: one may give up what the next one wants.
    private func retried(
        _ lines: [(CuratedReader.Line, CuratedOutcome)]
    ) async throws(GatewayError) -> [(CuratedReader.Line, CuratedOutcome)] {
        var (done, left) = ([] as [(CuratedReader.Line, CuratedOutcome)], lines)
        var round = 1
        while !left.isEmpty, round <= Self.rounds {
            var refused: [(CuratedReader.Line, CuratedOutcome)] = []
            var batches = CuratedBatches()
            for (line, _) in left { batches.add(line) }
            while let lines = batches.next(isOver: true) {
                let outcomes = try await store(lines)
                for (line, outcome) in zip(lines, outcomes) {
                    if case .taken = outcome { refused.append((line, outcome)) } else { done.append((line, outcome)) }
                }
            }
            round = refused.count < left.count ? round + 1 : Self.rounds + 1
            left = refused
        }
        return done + left
    }

    /// Checks all lines, also against each other, and writes nothing. Memory: some forty bytes for each question.
    package func check(
        _ next: () async throws -> [CuratedReader.Line]?, tell: (CuratedReader.Line, CuratedMistake) -> Void
    ) async throws -> Int {
        var names = CuratedNames()
        var questions = CuratedQuestions()
        var mistakes = 0
        while let lines = try await next() {
            // Whoever runs on the same event loop gets a turn.
            await Task.yield()
            for line in lines {
                do throws(CuratedMistake) {
                    let answer = try names.checked(line).content.get()
                    let plan = try plan(answer)
                    // One whose date has passed has no questions any more.
                    if answer.expires > now() { try questions.take(plan, line: line.number) }
                } catch {
                    mistakes += 1
                    tell(line, error)
                }
            }
        }
        return mistakes
    }
}
