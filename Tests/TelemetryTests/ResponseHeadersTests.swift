import GatewayCore
import GatewayTesting
import Testing

@testable import Telemetry

@Suite("Response headers")
struct ResponseHeadersTests {
    private func headers(_ record: ExchangeRecord) -> [String] {
        ResponseHeaders.headers(for: record).map { "\($0.0): \($0.1)" }
    }

    @Test("A semantic hit tells its age, similarity and entry")
    func hit() {
        let record = Exchanges.semanticHit()
        #expect(
            headers(record) == [
                "x-refrain-request-id: \(record.requestID)", "x-refrain-cache: hit-semantic", "age: 61",
                "x-refrain-cache-age: 61", "x-refrain-similarity: 0.9688",
                "x-refrain-entry: abababababababababababababababab", "x-refrain-route: gpt-4o",
                "x-refrain-resolved-model: gpt-4o-2024-08-06", "x-refrain-overhead-ms: 1.750",
            ])
    }

    @Test("A miss tells why, and which deployment answered at which attempt")
    func miss() {
        let record = Exchanges.miss()
        #expect(
            headers(record) == [
                "x-refrain-request-id: \(record.requestID)", "x-refrain-cache: miss", "x-refrain-similarity: 0.5000",
                "x-refrain-miss-reason: below", "x-refrain-route: gpt-4o",
                "x-refrain-resolved-model: gpt-4o-2024-08-06", "x-refrain-deployment: west", "x-refrain-attempts: 2",
                "x-refrain-overhead-ms: 0.350",
            ])
    }

    @Test("A refused request still has its id")
    func refused() {
        let record = ExchangeRecord(requestID: RequestID(), received: .now)
        #expect(headers(record) == ["x-refrain-request-id: \(record.requestID)", "x-refrain-overhead-ms: 0.000"])
    }

    @Test("An age is whole seconds and never negative, and a miss has none")
    func age() {
        #expect(headers(Exchanges.semanticHit { $0.age = .milliseconds(999) }).contains("age: 0"))
        #expect(headers(Exchanges.semanticHit { $0.age = .seconds(-5) }).contains("age: 0"))
        #expect(!headers(Exchanges.miss { $0.age = .seconds(5) }).contains { $0.hasPrefix("age:") })
        #expect(!headers(Exchanges.semanticHit { $0.age = nil }).contains { $0.contains("age:") })
    }

    @Test("A miss tells what it cost, a hit what it spared, and neither the other's")
    func money() {
        let miss = headers(Exchanges.miss { $0.attempts[1].cost = 1_250_000; $0.saved = 7 })
        #expect(miss.contains("x-refrain-cost-usd: 0.00125"))
        #expect(!miss.contains { $0.hasPrefix("x-refrain-saved") })
        let paid = AttemptRecord(deployment: DeploymentID("west"), result: "ok", cost: 7)
        let hit = headers(Exchanges.semanticHit { $0.attempts = [paid]; $0.saved = 30_000_000 })
        #expect(hit.contains("x-refrain-saved-usd: 0.03"))
        #expect(!hit.contains { $0.hasPrefix("x-refrain-cost") })
        #expect(!headers(Exchanges.miss()).contains { $0.contains("-usd") })
    }

    @Test("Of several limits on one thing the one that leaves least is told")
    func limits() {
        let told = headers(
            Exchanges.miss {
                $0.limits = [
                    LimitNote(name: "requests", limit: 60, remaining: 59, reset: .seconds(1)),
                    LimitNote(name: "requests", limit: 1_000, remaining: 3, reset: .seconds(7_200)),
                    LimitNote(name: "tokens", limit: 500, remaining: 0, reset: .milliseconds(76)),
                    LimitNote(name: "tokens", limit: 900, remaining: 0, reset: .seconds(9)),
                ]
            }
        ).filter { $0.hasPrefix("x-ratelimit") }
        #expect(
            told == [
                "x-ratelimit-limit-requests: 1000", "x-ratelimit-remaining-requests: 3",
                "x-ratelimit-reset-requests: 2h0m0s", "x-ratelimit-limit-tokens: 900",
                "x-ratelimit-remaining-tokens: 0", "x-ratelimit-reset-tokens: 9s",
            ])
    }

    @Test("A request that waited for room tells how long; one that did not says nothing of it")
    func queued() {
        let waited = headers(Exchanges.miss { $0.queued = .microseconds(1_234_500) })
        #expect(waited.contains("x-refrain-queued-ms: 1234.500"))
        #expect(!headers(Exchanges.miss()).contains { $0.contains("queued") })
    }

    @Test("A similarity that is no number is left out")
    func noNumber() {
        #expect(!headers(Exchanges.semanticHit { $0.similarity = .nan }).contains { $0.contains("similarity") })
    }

    @Test(
        "No value can begin a header of its own",
        arguments: [
            ("a\r\nset-cookie: x=1", "a??set-cookie: x=1"), ("modèle", "mod?le"), ("\u{0}\u{7F}", "??"),
            ("  a b  ", "a b"), ("模型", "??"), ("e\u{301}", "e?"),
        ])
    func unsafeValues(given: String, expected: String) {
        let record = Exchanges.miss { $0.resolvedModel = given }
        #expect(headers(record).contains("x-refrain-resolved-model: \(expected)"))
    }

    @Test("A value of blanks is no header, and a long one is cut")
    func emptyAndLong() {
        #expect(!headers(Exchanges.miss { $0.resolvedModel = "   " }).contains { $0.contains("resolved-model") })
        #expect(ResponseHeaders.safe(String(repeating: "a", count: 9_999)).utf8.count == 256)
    }

    @Test("Whatever a record holds, every value is printable ASCII without outer blanks")
    func randomValues() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let record = Exchanges.miss {
                $0.route = text
                $0.resolvedModel = text
                $0.attempts = [AttemptRecord(deployment: DeploymentID(text), result: text)]
            }
            for (name, value) in ResponseHeaders.headers(for: record) {
                let isSafe = value.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !value.hasPrefix(" ")
                #expect(isSafe && !value.hasSuffix(" ") && !value.isEmpty, "\(name), seed \(seed)")
            }
        }
    }
}

extension ResponseHeadersTests {
    @Test("The class is told to who asks for it; what a shadow would have served always")
    func judgment() {
        var judgment = CacheJudgment(.thread, .referent)
        (judgment.sharing, judgment.personal) = (.user, .data)
        let text = "thread; reason=referent; shared_with=user; personal=data"
        for tells in [true, false] {
            let headers = ResponseHeaders.headers(
                for: Exchanges.miss {
                    ($0.judgment, $0.tellsJudgment, $0.shadow) = (judgment, tells, .hitSemantic)
                })
            #expect(headers.contains { $0 == ("x-refrain-cache-class", text) } == tells)
            #expect(headers.contains { $0 == ("x-refrain-shadow", "hit-semantic") })
        }
    }
}
