import GatewayCore
import Testing

@testable import SemanticCache

@Suite("What each floor would have served")
struct FloorReportTests {
    /// Two asked before, four similar ones, one of them wrong, two without a neighbour.
    private static let lookups: [RecordedLookup] = [
        lookup(0, .exact, cost: 10), lookup(1, .exact, cost: 20),
        lookup(2, .serve, 0.97, cost: 100, right: true), lookup(3, .serve, 0.955, cost: 200),
        lookup(4, .miss, 0.905, cost: 400, right: false), lookup(5, .miss, 0.85, cost: 800, right: true),
        lookup(6, .miss, cost: 1_600), lookup(7, .miss),
    ]

    private static func lookup(
        _ number: Int, _ action: RecordedLookup.Action, _ similarity: Double? = nil, cost: Int? = nil,
        right: Bool? = nil
    ) -> RecordedLookup {
        RecordedLookup(
            request: "r\(number)", time: UnixTime(milliseconds: Int64(number)), route: "m", action: action,
            similarity: similarity, cost: cost, label: right.map { RecordedLabel(isRight: $0, basis: "right_judge") })
    }

    private func floor(_ value: Double, _ report: FloorReport) throws -> FloorReport.Floor {
        try #require(report.floors.first { abs(($0.floor ?? 0) - value) < 1e-9 })
    }

    @Test("Hits, wrong hits and money are those of the requests at or above the floor, and of those asked before")
    func figures() throws {
        let report = FloorReport(Self.lookups, axis: .similarity, budget: 0.01)
        #expect(report.requests == 8 && report.exactHits == 2 && report.cost == 3_130)
        let strict = try floor(0.98, report)
        #expect(strict.hits == 2 && strict.hitShare == 0.25 && strict.wrong == nil && strict.saved == 30)
        let middle = try floor(0.95, report)
        #expect(middle.hits == 4 && middle.labels == 1 && middle.wrong?.estimate == 0 && middle.saved == 330)
        let loose = try floor(0.9, report)
        // The right one speaks for the two that were served, the wrong one for itself, among five hits.
        #expect(loose.hits == 5 && loose.labels == 2)
        #expect(abs(try #require(loose.wrong).estimate - 1.0 / 3 * 3 / 5) < 1e-12)
        #expect(loose.saved == 730)
        let all = try floor(0.7, report)
        #expect(all.hits == 6 && all.hitShare == 0.75)
        #expect(abs(try #require(all.wrong).estimate - 1.0 / 4 * 4 / 6) < 1e-12)
        #expect(report.decided?.hits == 4)
        #expect(report.worst.map(\.request) == ["r4"])
    }

    @Test("The loosest floor is recommended that labels prove, and nothing where they are too few")
    func recommendation() throws {
        #expect(FloorReport(Self.lookups, axis: .similarity, budget: 0.01).recommended == nil)
        var many = (0..<400).map { Self.lookup($0, .serve, 0.96, right: true) }
        many += (400..<800).map { Self.lookup($0, .miss, 0.92, right: true) }
        many += (800..<900).map { Self.lookup($0, .miss, 0.88, right: $0 % 2 == 0) }
        let report = FloorReport(many, axis: .similarity, budget: 0.01)
        #expect(report.recommended?.floor == 0.92)
        #expect(try #require(report.recommended?.wrong).limit < 0.01)
        // With half of the hundred wrong, 50 of 900 are: too many for 1 %, not for 10 %.
        #expect(FloorReport(many, axis: .similarity, budget: 0.1).recommended?.floor == 0.88)
    }

    /// What was served, with one in a hundred looked into, and what was not, at three floors.
    private static func seldom(
        _ misses: [(similarity: Double, count: Int, right: Int, wrong: Int)]
    ) -> [RecordedLookup] {
        var lookups = (0..<1_000).map { Self.lookup($0, .serve, 0.96) }
        for place in 0..<10 { lookups[place].label = RecordedLabel(isRight: true, basis: "", share: 0.01) }
        for bin in misses {
            for place in 0..<bin.count {
                let right = place < bin.right + bin.wrong ? place < bin.right : nil
                lookups.append(lookup(lookups.count, .miss, bin.similarity, right: right))
            }
        }
        return lookups
    }

    @Test("Labels of what was not served speak for all of it, however few they are beside those of what was")
    func strata() throws {
        let report = FloorReport(Self.seldom([(0.92, 1_000, 70, 30)]), axis: .similarity, budget: 0.1)
        let strict = try #require(try floor(0.95, report).wrong)
        #expect(strict.estimate == 0)
        // 30 of the 100 that were looked into, in one half of what is served.
        let loose = try #require(try floor(0.92, report).wrong)
        #expect(abs(loose.estimate - 0.15) < 1e-9)
        #expect(report.recommended?.floor != 0.92)
    }

    @Test("Labels between two floors say nothing of what is below them, and where there is none nothing is known")
    func bins() throws {
        let few = FloorReport(Self.seldom([(0.92, 900, 900, 0), (0.88, 100, 1, 1)]), axis: .similarity, budget: 0.1)
        #expect(abs(try #require(try floor(0.88, few).wrong).estimate - 50.0 / 2_000) < 1e-9)
        let none = FloorReport(Self.seldom([(0.92, 900, 900, 0), (0.88, 100, 0, 0)]), axis: .similarity, budget: 0.1)
        #expect(try floor(0.92, none).wrong != nil)
        #expect(try floor(0.88, none).wrong == nil)
        // Those above without a label are no better than the ones below that have some.
        let above = FloorReport(Self.seldom([(0.92, 900, 0, 0), (0.88, 100, 1, 1)]), axis: .similarity, budget: 0.1)
        #expect(try floor(0.92, above).wrong == nil)
        #expect(abs(try #require(try floor(0.88, above).wrong).estimate - 500.0 / 2_000) < 1e-9)
    }

    @Test("What would have been served in shadow mode was not drawn: its labels came by themselves")
    func shadow() throws {
        let lookups = (0..<200).map { number in
            RecordedLookup(
                request: "\(number)", time: UnixTime(milliseconds: 0), route: "", isShadow: true, action: .serve,
                similarity: number < 100 ? 0.96 : 0.9,
                label: number < 100 || number == 100 ? RecordedLabel(isRight: number < 100, basis: "") : nil)
        }
        let report = FloorReport(lookups, axis: .similarity, budget: 0.1)
        #expect(try floor(0.95, report).wrong?.estimate == 0)
        #expect(try floor(0.9, report).wrong?.estimate == 0.5)
    }

    @Test("Scores order candidates where they are known, in floors of their own")
    func scores() throws {
        let lookups = [(3.2, true), (1.1, false), (-0.4, true)].enumerated().map { place, known in
            RecordedLookup(
                request: "\(place)", time: UnixTime(milliseconds: 0), route: "", action: .serve, similarity: 0.9,
                score: known.0, label: RecordedLabel(isRight: known.1, basis: ""))
        }
        let report = FloorReport(lookups, axis: .score, budget: 0.01)
        #expect(try floor(3, report).hits == 1)
        #expect(try floor(1, report).wrong?.estimate == 0.5)
        #expect(try floor(-0.5, report).hits == 3)
    }

    @Test("No more than twenty near-duplicates are listed, the most alike first")
    func worst() {
        let lookups = (0..<30).map { Self.lookup($0, .miss, 0.7 + Double($0) / 100, right: false) }
        let report = FloorReport(lookups, axis: .similarity, budget: 0.01)
        #expect(report.worst.map(\.request) == (10..<30).reversed().map { "r\($0)" })
    }
}
