import GatewayCore
package import SemanticCache

extension CuratedImporter {
    /// Lines that are read, embedded and written together.
    private static let batch = 64
    /// Batches under way: while one is written, the next is embedded.
    private static let batchesAtOnce = 4

    /// Stores all lines, in batches of which some are under way at once. Memory is bounded by those, and by some thirty
    /// bytes for each line, by which answers that come twice are found.
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
        func note(_ lines: [CuratedReader.Line], _ outcomes: [CuratedOutcome]) {
            for (line, outcome) in zip(lines, outcomes) {
                report.count(outcome)
                tell(line, outcome)
            }
        }
        try await withThrowingTaskGroup(of: ([CuratedReader.Line], [CuratedOutcome]).self) { group in
            var waiting: [CuratedReader.Line] = []
            var underWay = 0
            var isOver = false
            while !isOver {
                if let lines = try await next() { waiting += lines.map { names.checked($0) } } else { isOver = true }
                while waiting.count >= Self.batch || isOver && !waiting.isEmpty {
                    if underWay == Self.batchesAtOnce, let (lines, outcomes) = try await group.next() {
                        note(lines, outcomes)
                        underWay -= 1
                    }
                    let lines = Array(waiting.prefix(Self.batch))
                    waiting.removeFirst(lines.count)
                    group.addTask { (lines, try await store(lines)) }
                    underWay += 1
                }
            }
            for try await (lines, outcomes) in group { note(lines, outcomes) }
        }
        return report
    }

    /// Checks all lines and writes nothing.
    package func check(
        _ next: () async throws -> [CuratedReader.Line]?, tell: (CuratedReader.Line, CuratedMistake) -> Void
    ) async throws -> Int {
        var names = CuratedNames()
        var mistakes = 0
        while let lines = try await next() {
            // Whoever runs on the same event loop gets a turn.
            await Task.yield()
            for line in lines {
                do throws(CuratedMistake) {
                    _ = try plan(try names.checked(line).content.get())
                } catch {
                    mistakes += 1
                    tell(line, error)
                }
            }
        }
        return mistakes
    }
}
