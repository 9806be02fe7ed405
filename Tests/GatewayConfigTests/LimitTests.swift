import Routing
import Testing

@testable import GatewayConfig

@Suite struct LimitTests {
    private func limits(_ keys: String) throws -> Limits {
        try RouteText.route("routes: [{model: m, targets: [{provider: a, limits: {\(keys)}}]}]").targets[0].limits
    }

    @Test("Every limit is held")
    func whole() throws {
        var expected = Limits()
        expected.requests = 1
        expected.totalTokens = 2
        expected.inputTokens = 3
        expected.outputTokens = 4
        expected.requestsPerDay = 5
        expected.tokensPerDay = 6
        expected.concurrency = 7
        expected.window = .bucket
        expected.burst = 1.5
        expected.dayStart = 485
        let keys = "rpm: 1, tpm: 2, input_tpm: 3, output_tpm: 4, rpd: 5, tpd: 6, concurrency: 7, window: bucket, "
        #expect(try limits(keys + "burst: 1.5, day_start: \"08:05\"") == expected)
        #expect(try limits(keys + "burst: 1.5, day_start: 08:05") == expected)
    }

    @Test("Limits of nothing, and below one, are refused")
    func bad() {
        func messages(_ keys: String) -> [String] {
            RouteText.messages("routes: [{model: m, targets: [{provider: a, limits: {\(keys)}}]}]").map {
                String($0.dropFirst("routes[0].targets[0].limits.".count))
            }
        }
        #expect(
            messages("window: bucket")
                == ["rpm: expected at least one limit in this section, such as rpm or tpm, found none"])
        #expect(messages("rpm: 0, tpd: 1") == ["rpm: expected an integer from 1 to 1000000000000, found 0"])
        #expect(messages("rpm: 1, burst: 0.5") == ["burst: expected a number from 1 to 60, found 0.5"])
        #expect(messages("rmp: 1, tpm: 1") == ["rmp: unknown key; did you mean rpm?"])
    }

    @Test("A zone that is not in the database, or leads out of it, is refused", arguments: [
        "Europe/Berln", "Europe", "../zoneinfo/UTC", "/etc/passwd", "tzdata.zi",
    ])
    func noZone(name: String) {
        #expect(
            RouteText.messages(
                "routes: [{model: m, targets: [{provider: a, limits: {rpd: 1, day_zone: \(name)}}]}]")
                == [
                    "routes[0].targets[0].limits.day_zone: expected a time zone in /usr/share/zoneinfo, such as "
                        + "Europe/Berlin, found \(name)"
                ])
    }

    @Test("Days of a zone begin at its midnight, and have 23 or 25 hours when its clocks are shifted", arguments: [
        // In front of a midnight, in seconds since 1970, and the hours of the day behind it: 2027-03-28, 2027-10-31,
        // 2060-10-31 in Berlin, 2027-03-14, 2027-11-07 in Los Angeles.
        ("Europe/Berlin", 1_806_188_400.0, 23.0), ("Europe/Berlin", 1_824_933_600.0, 25.0),
        ("Europe/Berlin", 2_866_399_200.0, 25.0), ("America/Los_Angeles", 1_805_011_200.0, 23.0),
        ("America/Los_Angeles", 1_825_570_800.0, 25.0), ("Europe/Berlin", 1_824_847_200.0, 24.0),
        ("UTC", 1_824_940_800.0, 24.0),
    ])
    func days(name: String, midnight: Double, hours: Double) throws {
        let limits = try limits("rpd: 1, day_zone: \(name)")
        var days: Set<Double> = []
        for after: Double in [0, 3_599, 4 * 3_600, hours * 3_600 - 1] {
            let now = (midnight + after) * 1000
            let start = limits.dayStartSeconds(at: now)
            let day = ((midnight + after - start) / 86_400).rounded(.down)
            #expect((day + 1) * 86_400 + start + limits.dayShiftSeconds(at: now) == midnight + hours * 3_600)
            days.insert(day)
        }
        // One number for all of a day, and none that another one has.
        #expect(days.count == 1)
        let before = (midnight - 1 - limits.dayStartSeconds(at: (midnight - 1) * 1000)) / 86_400
        #expect(before.rounded(.down) + 1 == days.first)
    }

    @Test("Dollars are read to the nano-dollar", arguments: [
        ("0", 0), ("5", 5_000_000_000), ("100.50", 100_500_000_000), ("0.000000001", 1),
        ("8999999.999999999", 8_999_999_999_999_999), ("9000000", 9_000_000_000_000_000), ("007", 7_000_000_000),
    ])
    func dollars(text: String, nanodollars: Int) throws {
        #expect(try ConfigKind.dollars.parse(text) == nanodollars)
    }

    @Test("What is no exact amount of dollars is refused", arguments: [
        "", ".", "5.", ".5", "-1", "+1", "$5", "1e3", "0.0000000001", "9000000.000000001", "9000001", "1.2.3", "1,000",
        "٣", "99999999999999999999", "0.٣",
    ])
    func noDollars(text: String) {
        #expect(throws: ConfigProblem.self) { try ConfigKind.dollars.parse(text) }
    }

    @Test("A time of day is minutes after midnight", arguments: [("00:00", 0), ("08:00", 480), ("23:59", 1439)])
    func timeOfDay(text: String, minutes: Int) throws {
        #expect(try ConfigKind.timeOfDay.parse(text) == minutes)
    }

    @Test("What is no time of day is refused", arguments: ["", "8:00", "24:00", "12:60", "12", "12:00:00", "+1:00", "-1:00"])
    func noTimeOfDay(text: String) {
        #expect(throws: ConfigProblem.self) { try ConfigKind.timeOfDay.parse(text) }
    }

    @Test("A range of sizes has two ends or one", arguments: [
        ("0-500", 0...500), ("1KiB-2KiB", 1024...2048), ("7-7", 7...7), ("2KiB-", 2048...Int.max),
    ])
    func sizeRange(text: String, range: ClosedRange<Int>) throws {
        #expect(try ConfigKind.sizeRange.parse(text) == range)
    }

    @Test("What is no range of sizes is refused", arguments: ["", "-", "500", "-500", "5-4", "a-b", "1-2-3", "1KB-2KB"])
    func noSizeRange(text: String) {
        #expect(throws: ConfigProblem.self) { try ConfigKind.sizeRange.parse(text) }
    }
}
