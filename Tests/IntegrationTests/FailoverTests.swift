import GatewayTesting
import NIOConcurrencyHelpers
import Testing

extension IntegrationTests {
    /// What happens when a provider cannot answer.
    @Suite("Failover")
    struct FailoverTests {
        /// A gateway whose model `main` goes first to a provider with a script, then to a mock. So do the models
        /// `case-0`, `case-1` and so on, by providers of their own: a target that failed is left alone after a while,
        /// and each case is to meet one that is well.
        private static func gateway(
            first: Int, second: Int, redis: RedisServer, cases: Int = 0, more: String = ""
        ) async throws -> GatewayProcess {
            var settings = try GatewaySettings(redis, provider: first)
            settings.providers = [
                .init(name: "first", port: first, more: more), .init(name: "second", port: second, more: more),
            ]
            settings.routes = [("main", ["first", "second"])]
            for number in 0..<cases {
                settings.providers += [
                    .init(name: "first-\(number)", port: first, more: more),
                    .init(name: "second-\(number)", port: second, more: more),
                ]
                settings.routes.append(("case-\(number)", ["first-\(number)", "second-\(number)"]))
            }
            return try await GatewayProcess(settings)
        }

        /// The ways in which the first target fails, by the question that is asked.
        private static let script: ScriptedServer.Script = { exchange in
            switch exchange.request.text(after: #""content":""#) {
            case "429": try await exchange.refuse(429, code: "rate_limit_exceeded", headers: [("retry-after", "7")])
            case "500": try await exchange.refuse(500, code: "server_error")
            case "401": try await exchange.refuse(401, code: "invalid_api_key")
            case "slow": try await exchange.silence()
            case "cut head": try await exchange.close()
            case "garbage": try await exchange.respond(body: "<html>")
            case "cut body":
                try await exchange.head(headers: [("content-length", "100")])
                try await exchange.write("{", cutAfter: 1)
            case "cut stream":
                try await exchange.eventHead()
                try await exchange.opening()
                try await exchange.close()
            case "error frame":
                try await exchange.eventHead()
                try await exchange.event(#"{"error":{"message":"no","type":"server_error","code":null}}"#)
                try await exchange.endChunks()
            default: try await exchange.refuse(400, code: "scripted", message: "your own fault")
            }
        }

        @Test("When the first target fails in front of its answer, the second answers unseen")
        func secondTarget() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let provider = try await ScriptedServer.start(script: Self.script)
            let whole = ["500", "401", "slow", "cut head", "garbage", "cut body"]
            let streamed = ["500", "slow", "cut head", "cut stream", "error frame"]
            let gateway = try await Self.gateway(
                first: provider.port, second: mock.port, redis: redis, cases: whole.count + streamed.count,
                more: "first_byte_timeout: 300ms")
            let cases = whole.map({ ($0, false) }) + streamed.map({ ($0, true) })
            for (number, (question, stream)) in cases.enumerated() {
                let answer = try await gateway.ask(question, model: "case-\(number)", stream: stream)
                #expect(answer.status == 200, "\(question)")
                #expect(answer["x-refrain-attempts"] == "2", "\(question)")
                #expect(answer["x-refrain-deployment"] == "second-\(number)", "\(question)")
                #expect(answer.content.hasPrefix("You asked: \(question)"), "\(question)")
                #expect(answer.streamRefusal == nil, "\(question)")
                if stream { #expect(answer.events.last == "[DONE]", "\(question)") }
            }
            #expect(mock.requests == whole.count + streamed.count)
            await provider.stop()
        }

        @Test("A target that has no room is passed by, and left alone for as long as it asks", arguments: [false, true])
        func rateLimited(stream: Bool) async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let provider = try await ScriptedServer.start(script: Self.script)
            let gateway = try await Self.gateway(first: provider.port, second: mock.port, redis: redis)
            for attempts in ["2", "1"] {
                let answer = try await gateway.ask(
                    "429", stream: stream, headers: ["x-refrain-cache-mode": "off"])
                #expect(answer.status == 200)
                #expect(answer["x-refrain-attempts"] == attempts)
                #expect(answer["x-refrain-deployment"] == "second")
            }
            #expect(provider.record.requests.count == 1)
            await provider.stop()
        }

        @Test("A target whose quota was gone is left alone until its time is over, and asked again then")
        func quotaGone() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let refusals = NIOLockedValueBox(1)
            let provider = try await ScriptedServer.start { exchange in
                let isRefused = refusals.withLockedValue { left in
                    left -= 1
                    return left >= 0
                }
                if !isRefused { return try await exchange.complete("Paid.") }
                try await exchange.refuse(429, code: "insufficient_quota", headers: [("retry-after", "2")])
            }
            let gateway = try await Self.gateway(first: provider.port, second: mock.port, redis: redis)
            let mode = ["x-refrain-cache-mode": "off"]
            for attempts in ["2", "1"] {
                let answer = try await gateway.ask("Who pays?", headers: mode)
                #expect(answer["x-refrain-attempts"] == attempts && answer["x-refrain-deployment"] == "second")
            }
            #expect(provider.record.requests.count == 1)
            try await eventually("the first target is asked again", within: .seconds(20)) {
                try await gateway.ask("Who pays?", headers: mode).content == "Paid."
            }
            await provider.stop()
        }

        @Test("A target that refuses the connection is passed by")
        func refusedConnection() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await Self.gateway(
                first: try await ClosedPort.find(), second: mock.port, redis: redis)
            let answer = try await gateway.ask("Anyone there?")
            #expect(answer.status == 200)
            // What could not be sent is tried once more on a new connection.
            #expect(answer["x-refrain-attempts"] == "3")
        }

        @Test("When all targets fail the client gets 429, 504 or 502 in OpenAI's shape, and nothing is stored")
        func allFail() async throws {
            let redis = try RedisServer()
            let provider = try await ScriptedServer.start(script: Self.script)
            let expected = [("slow", 504), ("500", 502), ("401", 502), ("garbage", 502), ("cut head", 502)]
            let gateway = try await Self.gateway(
                first: provider.port, second: provider.port, redis: redis, cases: 2 * expected.count,
                more: "first_byte_timeout: 300ms")
            let limited = try await gateway.ask("429")
            #expect(limited.status == 429)
            #expect(limited["retry-after"] == "7")
            #expect(limited["x-should-retry"] == "false")
            #expect(limited.refusal?.code == "rate_limit_exceeded")

            for (number, (question, status)) in expected.enumerated() {
                for stream in [false, true] {
                    let model = "case-\(2 * number + (stream ? 1 : 0))"
                    let answer = try await gateway.ask(question, model: model, stream: stream)
                    #expect(answer.status == status, "\(question)")
                    #expect(answer["x-should-retry"] == "false", "\(question)")
                    #expect(answer["x-refrain-attempts"] == "2", "\(question)")
                    #expect(answer.refusal?.type == "server_error", "\(question)")
                    // The provider's own words stay inside.
                    #expect(!answer.text.contains("scripted"), "\(question)")
                }
            }
            #expect(try redis.answerKeys() == 0)
            await provider.stop()
        }

        @Test("A target that goes on failing is not asked any more, and requests lose no time by it")
        func leftAlone() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let provider = try await ScriptedServer.start(script: Self.script)
            let gateway = try await Self.gateway(first: provider.port, second: mock.port, redis: redis)
            let mode = ["x-refrain-cache-mode": "off"]
            // Four failures in a row are enough for a replica alone; the fleet may decide before.
            for _ in 0..<4 { #expect(try await gateway.ask("500", headers: mode).status == 200) }
            let asked = provider.record.requests.count
            #expect((2...4).contains(asked))
            for _ in 0..<4 {
                let answer = try await gateway.ask("500", headers: mode)
                #expect(answer.status == 200)
                #expect(answer["x-refrain-attempts"] == "1")
            }
            #expect(provider.record.requests.count == asked)
            await provider.stop()
        }

        @Test("What is the client's own fault comes back in the provider's words, after one attempt")
        func ownFault() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let provider = try await ScriptedServer.start(script: Self.script)
            let gateway = try await Self.gateway(first: provider.port, second: mock.port, redis: redis)
            for stream in [false, true] {
                let answer = try await gateway.ask("else", stream: stream)
                #expect(answer.status == 400)
                #expect(answer["x-refrain-attempts"] == "1")
                #expect(answer.refusal?.message == "your own fault")
                #expect(answer.refusal?.type == "scripted_error")
            }
            #expect(mock.requests == 0)
            #expect(try redis.answerKeys() == 0)
            await provider.stop()
        }
    }
}
