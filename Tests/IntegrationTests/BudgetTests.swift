import GatewayCore
import GatewayTesting
import Testing

extension IntegrationTests {
    /// Hits by an error budget, as operators and fleets meet them.
    @Suite("An error budget")
    struct BudgetTests {
        private static let topics = [
            "cancel my order", "track my parcel", "change my password", "download an invoice", "close my account",
            "redeem a voucher", "reset my router", "book a table", "renew my passport", "file a complaint",
        ]
        private static let wordings = [
            "How can I %?", "I want to %", "Tell me how to %, please", "What do I have to do to %?",
            "Please help me to %", "Could you tell me how I can %?",
        ]

        /// Each question of all wordings, those of one topic far from each other.
        private static var questions: [String] {
            wordings.flatMap { wording in topics.map { wording.replacing("%", with: $0) } }
        }

        /// A provider that gives each topic its answer.
        private static func provider() async throws -> ScriptedServer {
            try await ScriptedServer.start { exchange in
                let text = String(decoding: exchange.request.body, as: UTF8.self)
                let topic = topics.first { text.contains($0) } ?? "something"
                try await exchange.respond(body: """
                    {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                    {"role":"assistant","content":"This is how to \(topic)."},"finish_reason":"stop"}]}
                    """)
            }
        }

        private static func settings(_ redis: RedisServer, _ provider: ScriptedServer) throws -> GatewaySettings {
            var settings = try GatewaySettings(redis, provider: provider.port)
            settings.embedding = GatewaySettings.localEncoder
            settings.cache = "max_wrong_hits: 2%"
            return settings
        }

        /// The chance that a question's nearest stored answer is right, as a replica sees it.
        private static func right(_ gateway: GatewayProcess, _ question: String) async throws -> Double {
            let answer = try await gateway.post(Chat.body(question, model: "main"), to: "/v1/explain")
            let decision = try JSONDocument(answer.text).root["cache"]?["decision"]
            return try #require(decision?["right"]?.double, "\(answer.text)")
        }

        private static func labels(_ gateway: GatewayProcess) async throws -> Double {
            try await gateway.metric("refrain_hit_labels_total", #"result="right""#)
        }

        @Test("What one replica learned the other knows, and a new one when both are gone")
        func shared() async throws {
            let (redis, provider) = (try RedisServer(), try await Self.provider())
            let settings = try Self.settings(redis, provider)
            let first = try await GatewayProcess(settings)
            let second = try await GatewayProcess(settings)
            _ = try await second.ask("What is the weather like?")
            // Stored by one and mirrored by the other; nothing of it is learned here.
            for question in Self.questions.prefix(10) { _ = try await second.ask(question) }
            try await eventually("the answers are mirrored") { try await first.readiness().mirrorEntries == 11 }
            let probe = "How might I cancel my order?"
            for question in Self.questions.dropFirst(10) { _ = try await first.ask(question) }
            // How much it learns is drawn: from the first labels on most of them are hits.
            try await eventually("more is learned here than there") {
                let (here, there) = (try await Self.labels(first), try await Self.labels(second))
                return here > there
            }
            // Both mirror the same entries, so what they know decides alone.
            try await eventually("the other replica hears of it") {
                abs(try await Self.right(second, probe) - (try await Self.right(first, probe))) < 0.0001
            }
            #expect(try await Self.labels(second) < Self.labels(first))

            #expect(try await first.terminate() == 0)
            let learned = try await Self.right(second, probe)
            #expect(try await second.terminate() == 0)
            let third = try await GatewayProcess(settings)
            try await eventually("the mirror is rebuilt") { try await third.readiness().mirrorComplete }
            _ = try await third.ask(Self.questions[0])
            try await eventually("what was learned is heard") {
                abs(try await Self.right(third, probe) - learned) < 0.01
            }
            await provider.stop()
        }

        @Test("Answers say how sure they are, and the metrics what the budget came to")
        func told() async throws {
            let (redis, provider) = (try RedisServer(), try await Self.provider())
            let gateway = try await GatewayProcess(try Self.settings(redis, provider))
            var (hits, told) = (0, 0)
            for question in Self.questions {
                let answer = try await gateway.ask(question)
                if answer["x-refrain-confidence"] != nil { told += 1 }
                guard answer.cache == "hit-semantic" else { continue }
                hits += 1
                let right = try #require(answer["x-refrain-confidence"].flatMap { Double($0) })
                let bound = try #require(answer["x-refrain-confidence-bound"].flatMap { Double($0) })
                let (score, floor) = (answer["x-refrain-score"], answer["x-refrain-floor"])
                #expect(bound <= right && right <= 1)
                let drawn = try #require(floor.flatMap { Double($0) })
                #expect(try #require(score.flatMap { Double($0) }) >= drawn - 0.01)
                #expect(answer.content.contains(try #require(Self.topics.first { question.contains($0) })))
            }
            #expect(hits > 5 && told > hits)
            print("\(hits) semantic hits of \(Self.questions.count) questions from a cold start, none wrong")
            #expect(
                try await gateway.metric("refrain_hit_decisions_total", #"route="main""#, #"action="served""#)
                    == Double(hits))
            let high = try await gateway.metric("refrain_wrong_hits_ratio", #"bound="high""#)
            #expect(high >= (try await gateway.metric("refrain_wrong_hits_ratio", #"bound="low""#)))
            await provider.stop()
        }

        @Test("Without a calibration of its encoder a gateway does not start, and says both ways out")
        func refused() async throws {
            let (redis, provider) = (try RedisServer(), try await Self.provider())
            var settings = try Self.settings(redis, provider)
            settings.embedding = "provider: remote, remote: {base_url: \"http://127.0.0.1:9/v1\", model: other, "
                + "allow_private: true, dimension: 8}"
            do {
                _ = try await GatewayProcess(settings)
                Issue.record("a gateway without a calibration must not start")
            } catch {
                let told = "\(error)"
                #expect(told.contains("cache.calibrations") && told.contains("cache.threshold"), "\(told)")
            }
            settings.cache = "threshold: 0.9"
            let gateway = try await GatewayProcess(settings)
            #expect(try await gateway.terminate() == 0)
            await provider.stop()
        }
    }
}
