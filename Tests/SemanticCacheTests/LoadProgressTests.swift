import Testing

@testable import SemanticCache

@Suite("Progress of a load")
struct LoadProgressTests {
    private let start = ContinuousClock.now

    private func piece(_ seen: Int, of total: Int?) -> FeedPiece { FeedPiece(entries: [], seen: seen, total: total) }

    @Test("A load of less than a second says nothing; a longer one has a line a second, however many pieces come")
    func pace() {
        var progress = LoadProgress(start: start)
        var lines: [String] = []
        for step in 1...400 {
            // A piece every 10 ms.
            let now = start + .milliseconds(10 * step)
            if let line = progress.advance(by: piece(1_000, of: 400_000), at: now) { lines.append(line) }
        }
        #expect(lines == [
            "mirror: 100,000 of about 400,000 entries", "mirror: 200,000 of about 400,000 entries",
            "mirror: 300,000 of about 400,000 entries", "mirror: 400,000 of about 400,000 entries",
        ])
        var short = LoadProgress(start: start)
        #expect(short.advance(by: piece(5, of: 10), at: start + .milliseconds(999)) == nil)
    }

    @Test("A total that is unknown, or was passed meanwhile, is not told", arguments: [nil, 0, 999_999])
    func total(total: Int?) {
        var progress = LoadProgress(start: start)
        let line = progress.advance(by: piece(1_000_000, of: total), at: start + .seconds(1))
        #expect(line == "mirror: 1,000,000 entries")
    }

    @Test("Digits stand in groups of three", arguments: [(7, "7"), (999, "999"), (1_000, "1,000"), (65_432, "65,432")])
    func groups(number: Int, text: String) {
        var progress = LoadProgress(start: start)
        #expect(progress.advance(by: piece(number, of: nil), at: start + .seconds(1)) == "mirror: \(text) entries")
    }
}
