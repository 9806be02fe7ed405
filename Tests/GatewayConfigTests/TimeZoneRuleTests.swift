import Routing
import Testing

@testable import GatewayConfig

@Suite("Summer time by rule") struct TimeZoneRuleTests {
    @Test("A rule gives both shifts of a year, in the order of time", arguments: [
        // Last Sundays of March and October.
        ("CET-1CEST,M3.5.0,M10.5.0/3", [(1_806_195_600, 7_200), (1_824_944_400, 3_600)]),
        // Second Sunday of March, first of November.
        ("PST8PDT,M3.2.0,M11.1.0", [(1_805_018_400, -25_200), (1_825_578_000, -28_800)]),
        // Hours in front of the day, by names that are no letters.
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [(1_806_195_600, -3_600), (1_824_944_400, -7_200)]),
        // South of the equator summer ends first; clocks are shifted by half an hour.
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", [(1_806_764_400, 37_800), (1_822_491_000, 39_600)]),
        // The first of March, and the 60th day from 0, which is the second in 2027.
        ("AAA0BBB,J60/0,60/0:30:15", [(1_803_859_200, 3_600), (1_803_943_815, 0)]),
        ("JST-9", []),
    ] as [(String, [(Int64, Int)])])
    func shifts(text: String, expected: [(Int64, Int)]) throws {
        let rule = try #require(TimeZoneRule(text))
        #expect(rule.shifts(in: 2027) == expected.map { DayZone.Shift(start: $0.0, offset: $0.1) })
    }

    @Test("What is no rule is refused", arguments: [
        "", "CE-1", "CET", "<CET-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,J0,J1", "٣CET-1",
    ])
    func refused(text: String) {
        #expect(TimeZoneRule(text) == nil)
    }

    @Test("Bytes that are no file of the database are refused, wherever one is cut")
    func damaged() throws {
        let bytes = try TextFile.bytes("/usr/share/zoneinfo/Europe/Berlin", limit: 64 * 1024)
        #expect(TimeZoneFile(bytes) != nil)
        #expect((0..<bytes.count).allSatisfy { TimeZoneFile(Array(bytes[..<$0])) == nil })
    }
}
