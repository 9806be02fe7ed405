import GatewayTesting
import Testing

extension IntegrationTests {
    /// Judgments of answers from the cache, and what a fleet makes of them.
    @Suite("Judged hits")
    struct HitJudgmentTests {
        private static let question = "How do I cancel an order I have already placed?"
        private static let reworded = "How can I cancel an order that I have already placed?"
        private static let others = [
            "How can I cancel the order that I have already placed?",
            "How can I cancel an order that I have placed already?",
        ]

        private static func unstored(_ more: [String: String] = [:]) -> [String: String] {
            more.merging(["cache-control": "no-store"]) { $1 }
        }

        /// Judges an answer, at a replica that may hear of it a moment after it was given.
        private func judge(
            _ answer: Answer, _ verdict: String, at gateway: GatewayProcess
        ) async throws -> Answer {
            let body = #"{"request_id":"\#(answer["x-refrain-request-id"] ?? "")","verdict":"\#(verdict)"}"#
            var said: Answer?
            try await eventually("the answer can be judged") {
                said = try await gateway.post([UInt8](body.utf8), to: "/v1/feedback")
                return said?.status != 404
            }
            return try #require(said)
        }

        private func fleet() async throws -> (RedisServer, GatewayProcess, GatewayProcess, Mock) {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder
            // Also what is served from memory must hear of it.
            settings.cache = "threshold: 0.8, l1_staleness: 60s"
            let first = try await GatewayProcess(settings)
            let second = try await GatewayProcess(settings)
            return (redis, first, second, mock)
        }

        @Test("What one replica is told to be wrong, the other does not serve to that question a moment later")
        func vetoed() async throws {
            let (redis, first, second, mock) = try await fleet()
            _ = try await first.ask(Self.question)
            for gateway in [first, second] {
                try await eventually("a paraphrase is served") {
                    try await gateway.ask(Self.reworded, headers: Self.unstored()).cache == "hit-semantic"
                }
            }
            let wrong = try await first.ask(Self.reworded, headers: Self.unstored())
            #expect(wrong.cache == "hit-semantic")
            // Told to the one that did not serve it.
            let said = try await judge(wrong, "wrong", at: second)
            #expect(said.text.contains(#""result":"vetoed""#), "\(said.text)")
            let there = try await second.ask(Self.reworded, headers: Self.unstored())
            #expect(there.cache == "miss" && there.missReason == "vetoed")
            try await eventually("the other replica hears of it") {
                let answer = try await first.ask(Self.reworded, headers: Self.unstored())
                return answer.cache == "miss" && answer.missReason == "vetoed"
            }
            // The entry stays for its own question.
            #expect(try await first.ask(Self.question).cache == "hit-exact")
            #expect(try await second.metric("refrain_feedback_total", #"result="vetoed""#) == 1)
            withExtendedLifetime((redis, mock)) {}
        }

        @Test("Two users who call an answer wrong take it out of service everywhere; one alone does not")
        func quarantined() async throws {
            let (redis, first, second, mock) = try await fleet()
            _ = try await first.ask(Self.question)
            func wrong(_ question: String, by user: String, at gateway: GatewayProcess) async throws -> String {
                let more = #","user":"\#(user)""#
                var hit: Answer?
                try await eventually("a paraphrase is served") {
                    hit = try await gateway.ask(question, more: more, headers: Self.unstored())
                    return hit?.cache == "hit-semantic"
                }
                return try await judge(try #require(hit), "wrong", at: gateway).text
            }
            for (question, gateway) in [(Self.reworded, first), (Self.others[0], second)] {
                #expect(try await wrong(question, by: "ann", at: gateway).contains(#""result":"vetoed""#))
            }
            #expect(try await second.ask(Self.question).cache == "hit-exact")
            #expect(try await wrong(Self.others[1], by: "bob", at: second).contains(#""result":"quarantined""#))
            try await eventually("it is served nowhere") {
                try await first.ask(Self.question, headers: Self.unstored()).cache == "miss"
            }
            #expect(try await second.ask(Self.question, headers: Self.unstored()).cache == "miss")
            withExtendedLifetime((redis, mock)) {}
        }
    }
}
