import GatewayTesting
import Testing

extension IntegrationTests {
    /// What clients may send by mistake or in malice.
    @Suite("Bad input")
    struct BadInputTests {
        /// A gateway whose provider must never be asked.
        private func withGateway(_ test: (GatewayProcess) async throws -> Void) async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            try await test(gateway)
            #expect(mock.requests == 0)
            #expect(try redis.answerKeys() == 0)
            #expect(gateway.child.poll() == nil)
            #expect(try await gateway.ask("Still sound?").status == 200)
        }

        @Test("Every body that is no request is refused with 400 and a reason")
        func bodies() async throws {
            let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
            let message = #"{"role":"user","content":"?"}"#
            let texts = [
                "", " ", "{", "null", "[]", "7", "\"text\"", "{}", "{\"model\":\"main\"}", "{\"model\":7}", deep,
                "{\"model\":\"main\",\"messages\":[]}", "{\"model\":\"main\",\"messages\":{}}",
                "{\"model\":\"main\",\"messages\":[7]}", "{\"model\":\"main\",\"messages\":[{}]}",
                "{\"model\":\"main\",\"messages\":[{\"role\":\"user\"}]}",
                "{\"model\":\"main\",\"messages\":[{\"role\":7,\"content\":\"?\"}]}",
                "{\"model\":\"main\",\"messages\":[{\"role\":\"king\",\"content\":\"?\"}]}",
                "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
                "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":[7]}]}",
                "{\"model\":\"main\",\"messages\":[\(message)],\"stream\":\"yes\"}",
                "{\"model\":\"main\",\"messages\":[\(message)],\"stream_options\":7}",
                "{\"model\":\"main\",\"model\":\"other\",\"messages\":[\(message)]}",
                "{\"model\":\"\",\"messages\":[\(message)]}",
                "{\"model\":\"main\",\"messages\":[\(message)],\"x\":\(deep)}",
                "{\"model\":\"main\",\"messages\":[\(message)],}", "{\"model\":\"main\",\"messages\":[\(message)]}}",
                "{\"model\":\"main\",\"messages\":[\(message)],\"x\":1e}",
                "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}",
            ]
            try await withGateway { gateway in
                for text in texts {
                    let answer = try await gateway.post(Array(text.utf8))
                    #expect(answer.status == 400, "\(text.prefix(100)): \(answer.text)")
                    #expect(answer.refusal?.type == "invalid_request_error", "\(text.prefix(100))")
                    #expect(answer.refusal?.message.isEmpty == false, "\(text.prefix(100))")
                    #expect(answer["content-type"] == "application/json", "\(text.prefix(100))")
                }
                let broken = Array("{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"".utf8)
                    + [0xC3, 0x28, 0xFF] + Array("\"}]}".utf8)
                let answer = try await gateway.post(broken)
                #expect(answer.status == 400)
                #expect(answer.refusal?.code == "invalid_json")
            }
        }

        @Test("A body over the limit is refused with 413, with a length and in chunks, and only what is over it")
        func tooLarge() async throws {
            try await withGateway { gateway in
                let large = Chat.body(String(repeating: "a", count: 50_000_000))
                let connection = try await ClientConnection.open(port: gateway.port)
                // The answer may come, and the connection may end, while the body is still being sent.
                connection.begin(sending: Chat.request(large))
                let answer = try await connection.answer()
                #expect(answer.status == 413)
                #expect(answer.refusal?.code == "request_too_large")

                let chunked = try await ClientConnection.open(port: gateway.port)
                let head = "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
                let size = String(large.count, radix: 16)
                chunked.begin(sending: Array((head + size + "\r\n").utf8) + large)
                #expect(try await chunked.answer().status == 413)
            }
        }

        @Test("Unknown models and paths are refused with 404, wrong methods with 405 and what is allowed")
        func places() async throws {
            try await withGateway { gateway in
                let model = try await gateway.ask("?", model: "nobody")
                #expect(model.status == 404)
                #expect(model.refusal?.code == "model_not_found")
                let path = try await gateway.post([], to: "/v1/nothing")
                #expect(path.status == 404)
                #expect(path.refusal?.code == "not_found")
                for (verb, path, allowed) in [
                    ("GET", "/v1/chat/completions", "POST"), ("DELETE", "/v1/chat/completions", "POST"),
                    ("POST", "/v1/models", "GET, HEAD"),
                    ("PUT", "/v1/models/main", "GET, HEAD"), ("POST", "/metrics", "GET, HEAD"),
                ] {
                    let answer = try await gateway.send(verb, path, body: [], headers: [:])
                    #expect(answer.status == 405, "\(verb) \(path)")
                    #expect(answer["allow"] == allowed, "\(verb) \(path)")
                    #expect(answer.refusal?.code == "method_not_allowed", "\(verb) \(path)")
                }
                let unknown = try await gateway.get("/v1/models/nobody")
                #expect(unknown.status == 404)
                #expect(unknown.refusal?.code == "model_not_found")
                for path in ["/", "//", "/v1", "/../etc/passwd", "/%00", "/" + String(repeating: "a", count: 4000)] {
                    #expect(try await gateway.get(path).status == 404, "\(path.prefix(50))")
                }
            }
        }

        @Test("No answer to HEAD has a body, so the next answer on the connection is read from its beginning")
        func headRequests() async throws {
            try await withGateway { gateway in
                let connection = try await ClientConnection.open(port: gateway.port)
                for (path, status) in [("/livez", 200), ("/nothing", 404), ("/v1/chat/completions", 405)] {
                    try await connection.send(Chat.request("HEAD", path, body: []))
                    #expect(try await connection.head().status == status, "\(path)")
                    try await connection.send(Chat.request("GET", "/livez", body: []))
                    let answer = try await connection.answer()
                    #expect(answer.status == 200, "\(path)")
                    #expect(answer.text == "ok\n", "\(path)")
                }
            }
        }

        @Test("Without a key, or with a wrong one, every route of the API answers 401")
        func keys() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.tenants = ["shop"]
            let gateway = try await GatewayProcess(settings)
            let bad = [[:], ["authorization": "Bearer no"], ["authorization": "Basic no"], ["api-key": "no"]]
            for headers in bad {
                for answer in [
                    try await gateway.ask("?", headers: headers), try await gateway.get("/v1/models", headers: headers),
                ] {
                    #expect(answer.status == 401)
                    #expect(answer.refusal?.code == "invalid_api_key")
                }
            }
            #expect(mock.requests == 0)
            let azure = try await gateway.ask("?", headers: ["api-key": GatewaySettings.key(of: "shop")])
            #expect(azure.status == 200)
        }

        @Test("What is no HTTP ends its connection and nothing else")
        func noHTTP() async throws {
            try await withGateway { gateway in
                let openings = ["\u{16}\u{3}\u{1}", "\r\n\r\n\0\0", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
                ]
                for opening in openings {
                    let connection = try await ClientConnection.open(port: gateway.port)
                    try await connection.send(Array(opening.utf8) + Array("\r\n\r\n".utf8))
                    await connection.awaitClose()
                }
            }
        }

        @Test("Hundreds of damaged bodies over one connection: every answer is well formed, and the next is read")
        func fuzz() async throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("seed of the damaged bodies: \(seed)")
            var generator = SeededGenerator(seed: seed)
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let connection = try await ClientConnection.open(port: gateway.port)
            let more = #","tools":[{"type":"function","function":{"name":"a"}}],"temperature":0.5,"n":1"#
            let sound = Chat.body("How do I cancel \u{e9}\u{1F600} an order?", stream: true, more: more)
            var statuses: [Int: Int] = [:]
            for _ in 0..<400 {
                let body = Damage.bytes(of: sound, using: &generator)
                try await connection.send(Chat.request(body))
                let answer = try await connection.answer()
                statuses[answer.status, default: 0] += 1
                #expect([200, 400, 404].contains(answer.status))
                if answer.status != 200 { #expect(answer.refusal != nil) }
            }
            print("statuses of the damaged bodies: \(statuses)")
            #expect(statuses[400] ?? 0 > 100)
            #expect(gateway.child.poll() == nil)
        }
    }
}
