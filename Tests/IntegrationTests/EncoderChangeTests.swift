import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// A service that puts another model behind the name of the one before.
    @Suite("An encoder that changes")
    struct EncoderChangeTests {
        private static let answer = #"{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"In your account."},"finish_reason":"stop"}]}"#

        /// A provider of answers and vectors. All texts mean the same to each of its models.
        private static func provider(_ isSwapped: NIOLockedValueBox<Bool>) async throws -> ScriptedServer {
            try await ScriptedServer.start { exchange in
                guard exchange.request.target.hasSuffix("/embeddings") else {
                    return try await exchange.respond(body: answer)
                }
                let vector = isSwapped.withLockedValue { $0 } ? "[0,1,0,0]" : "[1,0,0,0]"
                try await exchange.respond(body: #"{"data":[{"index":0,"embedding":\#(vector)}]}"#)
            }
        }

        @Test("Another length of texts is another encoder: with the one before, similar questions stay found")
        func previous() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.embedding = GatewaySettings.localEncoder + ", max_tokens: 128"
            let before = try await GatewayProcess(settings)
            #expect(try await before.ask("How can I cancel my order?").cache == "miss")
            #expect(try await before.terminate() == 0)

            settings.embedding = GatewaySettings.localEncoder + ", previous: {model_dir: \"\(Place.model)\", "
                + "max_tokens: 128, threshold: 0.7, rate: 0}"
            let gateway = try await GatewayProcess(settings)
            // What is not kept tells when the index of the encoder before has been read.
            try await eventually("the similar question is found") {
                try await gateway.ask(
                    "Tell me how to cancel my order, please", headers: ["cache-control": "no-store"]
                ).cache == "hit-semantic"
            }
            #expect(try await gateway.readiness().mirrorEntries == 0, "the present encoder has made nothing yet")
            #expect(try await gateway.metric("refrain_cache_former_hits_total") >= 1)
            #expect(try await gateway.ask("What is the weather like?").cache == "miss")
            try await eventually("the new answer is mirrored") { try await gateway.readiness().mirrorEntries == 1 }
            #expect(try await gateway.terminate() == 0)

            settings.embedding = GatewaySettings.localEncoder
            let after = try await GatewayProcess(settings)
            try await eventually("the mirror is complete") { try await after.readiness().mirrorEntries == 1 }
            #expect(try await after.ask("How can I cancel my order?").cache == "hit-exact")
            #expect(try await after.ask("Tell me how to cancel my order, please").cache == "miss")
            #expect(try await after.terminate() == 0)
            #expect(try redis.cli("KEYS", "rf:enc:*").split(separator: "\n").count == 2)
        }

        private static let questions = [
            "How can I cancel my order?", "What is the capital of France?", "Which planet is the largest?",
        ]
        private static let complete = "the present encoder finds all that is stored"

        /// A fleet whose encoder is to change, with answers to ``questions``.
        /// - Parameter rate: texts a second that get the next encoder's vectors.
        /// - Returns: with the next encoder.
        private static func changed(_ redis: RedisServer, _ mock: Mock, rate: Int) async throws -> GatewaySettings {
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.openAdmin()
            settings.cache = "threshold: 0.7"
            settings.embedding = GatewaySettings.localEncoder + ", max_tokens: 128"
            let before = try await GatewayProcess(settings)
            for question in questions { #expect(try await before.ask(question).cache == "miss") }
            #expect(try await before.terminate() == 0)
            settings.embedding = GatewaySettings.localEncoder + ", previous: {model_dir: \"\(Place.model)\", "
                + "max_tokens: 128, threshold: 0.7, rate: \(rate)}"
            return settings
        }

        @Test("What the one before stored gets the present one's vectors, once in the fleet; then that one can go")
        func embeddedAnew() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let settings = try await Self.changed(redis, mock, rate: 1000)
            async let first = GatewayProcess(settings)
            async let second = GatewayProcess(settings)
            let fleet = try await [first, second]
            var written = 0.0
            for gateway in fleet {
                try await eventually("it is complete") { gateway.log.contains(Self.complete) }
                try await eventually("all is found by the present encoder") {
                    let left = try await gateway.metric("refrain_migration_remaining")
                    return try await gateway.readiness().mirrorEntries == Self.questions.count && left == 0
                }
                #expect(
                    try await gateway.ask(
                        "Tell me how to cancel my order, please", headers: ["cache-control": "no-store"]
                    ).cache == "hit-semantic")
                #expect(try await gateway.metric("refrain_cache_former_hits_total") == 0)
                written += try await gateway.metric("refrain_migration_entries_total", "outcome=\"written\"")
            }
            #expect(written == Double(Self.questions.count))
            for gateway in fleet {
                #expect(try await gateway.terminate() == 0)
                #expect(gateway.logLines(with: Self.complete) == 1)
            }
            var alone = settings
            alone.embedding = GatewaySettings.localEncoder
            let after = try await GatewayProcess(alone)
            try await eventually("the mirror is complete") {
                try await after.readiness().mirrorEntries == Self.questions.count
            }
            #expect(try await after.ask("How can I cancel my order?").cache == "hit-exact")
            #expect(try await after.ask("Tell me how to cancel my order, please").cache == "hit-semantic")
            #expect(try await after.terminate() == 0)
        }

        @Test("What is purged while vectors change is served by neither encoder")
        func purgedMeanwhile() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(try await Self.changed(redis, mock, rate: 1))
            try await eventually("the first one is done") {
                try await gateway.metric("refrain_migration_entries_total", "outcome=\"written\"") >= 1
            }
            #expect(try await gateway.purge("\"all\":true").status == 200)
            try await eventually("it is complete") { gateway.log.contains(Self.complete) }
            for question in Self.questions + ["Tell me how to cancel my order, please"] {
                let answer = try await gateway.ask(question, headers: ["cache-control": "no-store"])
                #expect(answer.cache == "miss", "\(question)")
            }
            #expect(try await gateway.terminate() == 0)
        }

        @Test("It is refused by the first check: the same words are found, others not, until its name says so")
        func swapped() async throws {
            let isSwapped = NIOLockedValueBox(false)
            let (redis, provider) = (try RedisServer(), try await Self.provider(isSwapped))
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.cache = "threshold: 0.9"
            func embedding(_ more: String = "") -> String {
                "provider: remote, deadline: 5s, remote: {base_url: \"\(provider.url("/v1"))\", model: e, "
                    + "dimension: 4, allow_private: true\(more)}"
            }
            settings.embedding = embedding()
            let first = try await GatewayProcess(settings)
            #expect(try await first.readiness().encoder == "ok")
            #expect(try await first.ask("How can I cancel my order?").cache == "miss")
            try await eventually("the answer is mirrored") { try await first.readiness().mirrorEntries == 1 }
            #expect(try await first.ask("Tell me how to cancel my order, please").cache == "hit-semantic")
            #expect(try await first.terminate() == 0)

            isSwapped.withLockedValue { $0 = true }
            let second = try await GatewayProcess(settings)
            #expect(try await second.readiness().encoder == "mismatched")
            #expect(try await second.metric("refrain_encoder_mismatch") == 1)
            #expect(try await second.ask("How can I cancel my order?").cache == "hit-exact")
            let refused = try await second.ask("I want to cancel my order")
            #expect(refused.cache == "miss" && refused.missReason == "encoder_mismatch")
            #expect(second.log.contains("the encoder is not the one its name stands for"))
            #expect(try await second.terminate() == 0)

            settings.embedding = embedding(", revision: new")
            let third = try await GatewayProcess(settings)
            #expect(try await third.readiness().encoder == "ok")
            #expect(try await third.ask("How can I cancel my order?").cache == "hit-exact")
            let renewed = try await third.ask("Please help me to cancel my order")
            #expect(renewed.cache == "miss" && renewed.missReason == "partition_empty")
            #expect(try await third.terminate() == 0)
            #expect(try redis.cli("KEYS", "rf:enc:*").split(separator: "\n").count == 2)
            await provider.stop()
        }
    }
}
