import ProviderAPIs
import Testing

@Suite("Rate-limit headers of providers")
struct ProviderLimitsTests {
    /// 2026-01-31 12:00:00 UTC (`date -u -d 2026-01-31T12:00:00Z +%s`).
    static let now: Int64 = 1_769_860_800_000

    private func read(_ headers: KeyValuePairs<String, String>) -> [ProviderLimit] {
        ProviderLimits.read(headers.map { (name: $0.key, value: $0.value) }, now: Self.now)
    }

    @Test("OpenAI's requests and tokens are read with their resets, in any case of names")
    func openAI() {
        let limits = read([
            "X-RateLimit-Limit-Requests": "10000", "x-ratelimit-remaining-requests": "9999",
            "x-ratelimit-reset-requests": "6ms", "x-ratelimit-limit-tokens": " 2000000 ",
            "x-ratelimit-remaining-tokens": "1999712\t", "x-ratelimit-reset-tokens": "59.5s",
            "x-ratelimit-limit-images": "5", "content-type": "application/json",
        ])
        #expect(
            limits == [
                ProviderLimit(.requests, limit: 10_000, remaining: 9_999, reset: .milliseconds(6)),
                ProviderLimit(.tokens, limit: 2_000_000, remaining: 1_999_712, reset: .milliseconds(59_500)),
            ])
    }

    @Test("Azure says no reset: a minute is taken for it, and a remainder of -1 is none")
    func azure() {
        let limits = read(["x-ratelimit-remaining-requests": "-1", "x-ratelimit-remaining-tokens": "1187"])
        #expect(limits == [ProviderLimit(.tokens, remaining: 1187, reset: .seconds(60))])
    }

    @Test("Groq's requests are those of a day, its tokens those of a minute")
    func groq() {
        let limits = read([
            "x-ratelimit-limit-requests": "14400", "x-ratelimit-remaining-requests": "14370",
            "x-ratelimit-reset-requests": "2m59.56s", "x-ratelimit-limit-tokens": "18000",
            "x-ratelimit-remaining-tokens": "17997", "x-ratelimit-reset-tokens": "7.66s",
        ])
        #expect(
            limits == [
                ProviderLimit(.requestsPerDay, limit: 14_400, remaining: 14_370, reset: .milliseconds(179_560)),
                ProviderLimit(.tokens, limit: 18_000, remaining: 17_997, reset: .milliseconds(7_660)),
            ])
    }

    @Test("Anthropic's resets are dates; one that is past means now")
    func anthropic() {
        let limits = read([
            "anthropic-ratelimit-requests-limit": "4000", "anthropic-ratelimit-requests-remaining": "3999",
            "anthropic-ratelimit-requests-reset": "2026-01-31T12:00:01Z",
            "anthropic-ratelimit-input-tokens-limit": "2000000",
            "anthropic-ratelimit-input-tokens-remaining": "0",
            "anthropic-ratelimit-input-tokens-reset": "2026-01-31T13:00:30.250+01:00",
            "anthropic-ratelimit-output-tokens-limit": "400000",
            "anthropic-ratelimit-output-tokens-remaining": "400000",
            "anthropic-ratelimit-output-tokens-reset": "2026-01-31t11:59:59z",
        ])
        #expect(
            limits == [
                ProviderLimit(.requests, limit: 4_000, remaining: 3_999, reset: .seconds(1)),
                ProviderLimit(.inputTokens, limit: 2_000_000, remaining: 0, reset: .milliseconds(30_250)),
                ProviderLimit(.outputTokens, limit: 400_000, remaining: 400_000, reset: .zero),
            ])
    }

    @Test("A reset that cannot be read, or lies too far off, is a minute or a day", arguments: [
        ("soon", Duration.seconds(60), ProviderLimit.Kind.requests), ("", .seconds(60), .requests),
        ("1x", .seconds(60), .requests), ("-5s", .seconds(60), .requests), ("1.2.3s", .seconds(60), .requests),
        ("60s", .seconds(60), .requests), ("1m0.5s", .milliseconds(60_500), .requestsPerDay),
        ("1h2m3.5s", .milliseconds(3_723_500), .requestsPerDay), ("25h", .seconds(86_400), .requestsPerDay),
        ("99999999999999999999h", .seconds(60), .requests), ("500µs", .microseconds(500), .requests),
        (String(repeating: "9", count: 400) + "s", .seconds(60), .requests),
    ])
    func resets(text: String, reset: Duration, kind: ProviderLimit.Kind) {
        #expect(
            read(["x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": text])
                == [ProviderLimit(kind, remaining: 3, reset: reset)])
    }

    @Test("A remainder that is no whole number is no reading", arguments: [
        "", "many", "1.5", "+3", "0x10", "99999999999999999999999", "３", "1 2",
    ])
    func remainders(text: String) {
        #expect(read(["x-ratelimit-remaining-tokens": text]).isEmpty)
    }

    @Test("A date that is none counts as not said", arguments: [
        "2026-13-01T00:00:00Z", "2026-01-31 12:00:01Z", "2026-01-31T12:00:01", "2026-01-31T24:00:00Z",
        "1969-12-31T23:59:59Z", "2026-01-31T12:00:01+1:00", "2026-01-31T12:00:01.Z", "tomorrow at half past nine",
    ])
    func dates(text: String) {
        let limits = read(["anthropic-ratelimit-tokens-remaining": "7", "anthropic-ratelimit-tokens-reset": text])
        #expect(limits == [ProviderLimit(.tokens, remaining: 7, reset: .seconds(60))])
    }

    @Test("Clocks at the ends of time do not trap", arguments: [Int64.min, -1, 0, Int64.max])
    func extremes(now: Int64) {
        let limits = ProviderLimits.read(
            [
                ("anthropic-ratelimit-tokens-remaining", "7"),
                ("anthropic-ratelimit-tokens-reset", "9999-12-31T23:59:60Z"),
            ], now: now)
        #expect(limits.count == 1)
        #expect(limits.allSatisfy { $0.reset >= .zero && $0.reset <= .seconds(86_400) })
    }

    @Test("Random headers never trap, and what is read stays within its bounds", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = Seeded(state: seed)
        let names = ["x-ratelimit-", "anthropic-ratelimit-"].flatMap { prefix in
            ["limit", "remaining", "reset"].flatMap { word in
                ["requests", "tokens", "input-tokens", "output-tokens"].flatMap { subject in
                    ["\(prefix)\(word)-\(subject)", "\(prefix)\(subject)-\(word)"]
                }
            }
        }
        let pieces = Array("0123456789.:-+TZhmsµ \u{0}é９").map(String.init) + ["2026-01-31T", "ms", "59", "00"]
        for _ in 0..<60 {
            let headers = (0..<12).map { _ in
                let value = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                }.joined()
                return (name: names[Int.random(in: 0..<names.count, using: &generator)], value: value)
            }
            for limit in ProviderLimits.read(headers, now: Self.now) {
                #expect(limit.remaining >= 0 && limit.limit ?? 0 >= 0, "seed \(seed)")
                #expect(limit.reset >= .zero && limit.reset <= .seconds(86_400), "seed \(seed)")
            }
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
