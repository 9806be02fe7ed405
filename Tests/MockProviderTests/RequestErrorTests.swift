import MockProvider
import Testing

@Suite("Refused requests", .timeLimit(.minutes(1)))
struct RequestErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let body: String
        let param: String?
        let code: String
        var path = "/v1/chat/completions"

        var testDescription: String { body }
    }

    private static let cases: [Case] = [
        Case(body: "", param: nil, code: "invalid_json"),
        Case(body: "{", param: nil, code: "invalid_json"),
        Case(body: #"{"model":"m","messages":[{"role":"user","content":"q"}]} x"#, param: nil, code: "invalid_json"),
        Case(body: "[]", param: nil, code: "invalid_type"),
        Case(
            body: #"{"messages":[{"role":"user","content":"q"}]}"#, param: "model",
            code: "missing_required_parameter"),
        Case(body: #"{"model":"m"}"#, param: "messages", code: "missing_required_parameter"),
        Case(body: #"{"model":"m","messages":[]}"#, param: "messages", code: "missing_required_parameter"),
        Case(body: #"{"model":1,"messages":[]}"#, param: "model", code: "invalid_type"),
        Case(body: #"{"model":"m","messages":{}}"#, param: "messages", code: "invalid_type"),
        Case(body: #"{"model":"m","messages":["q"]}"#, param: "messages[0]", code: "invalid_type"),
        Case(
            body: #"{"model":"m","messages":[{"content":"q"}]}"#, param: "messages[0].role",
            code: "missing_required_parameter"),
        Case(
            body: #"{"model":"m","messages":[{"role":"user","content":7}]}"#, param: "messages[0].content",
            code: "invalid_type"),
        Case(body: #"{"stream":"yes"}"#, param: "stream", code: "invalid_type"),
        Case(body: #"{"stream_options":true}"#, param: "stream_options", code: "invalid_type"),
        Case(body: #"{"max_tokens":"5"}"#, param: "max_tokens", code: "invalid_type"),
        Case(body: #"{"max_tokens":1.5}"#, param: "max_tokens", code: "invalid_type"),
        Case(body: #"{"max_tokens":0}"#, param: "max_tokens", code: "invalid_value"),
        Case(body: #"{"n":2}"#, param: "n", code: "invalid_value"),
        Case(
            body: #"{"model":"m"}"#, param: "input", code: "missing_required_parameter", path: "/v1/embeddings"),
        Case(body: #"{"input":[1,"a"]}"#, param: "input", code: "invalid_type", path: "/v1/embeddings"),
        Case(body: #"{"input":[-1]}"#, param: "input", code: "invalid_type", path: "/v1/embeddings"),
        Case(
            body: #"{"encoding_format":"int8"}"#, param: "encoding_format", code: "invalid_value",
            path: "/v1/embeddings"),
    ]

    @Test("A request that cannot be served gets 400 with the field and the reason", arguments: cases)
    func refused(_ item: Case) async throws {
        try await MockFixture.run { mock in
            let response = try await mock.post(item.body, path: item.path)
            let error: ErrorWire = try response.decoded()
            #expect(response.status == 400)
            #expect(error.error.type == "invalid_request_error")
            #expect(error.error.param == item.param && error.error.code == item.code, "\(error.error.message)")
        }
    }

    @Test("OpenAI's models refuse what the models before them took", arguments: [
        ("gpt-5", #""stop":["a"]"#, "stop"), ("o3", #""stop":["a"]"#, "stop"), ("o3-mini", #""stop":["a"]"#, nil),
        ("gpt-5-mini", #""temperature":0.5"#, "temperature"), ("gpt-5", #""temperature":1,"logprobs":false"#, nil),
        ("gpt-5.1", #""temperature":0.5"#, nil), ("gpt-5.1", #""temperature":0.5,"reasoning_effort":"low""#, "temperature"),
        ("gpt-6", #""top_p":0.5,"reasoning_effort":"none""#, "top_p"), ("gpt-4o", #""stop":["a"],"logprobs":true"#, nil),
        ("gpt-5.4", tools, nil), ("gpt-5.4", tools + #","reasoning_effort":"low""#, "reasoning_effort"),
        ("gpt-5.6", tools, "reasoning_effort"), ("gpt-5.6", tools + #","reasoning_effort":"none""#, nil),
        ("gpt-5.1", tools + #","reasoning_effort":"low""#, nil),
    ] as [(String, String, String?)])
    func byModel(_ model: String, _ more: String, _ param: String?) async throws {
        try await MockFixture.run { mock in
            let body = #"{"messages":[{"role":"user","content":"q"}],\#(more),"model":"\#(model)"}"#
            let response = try await mock.post(body)
            #expect(response.status == (param == nil ? 200 : 400), "\(response.text)")
            if let param { #expect(response.text.contains(#""param":"\#(param)""#), "\(response.text)") }
        }
    }

    private static let tools = #""tools":[{"type":"function","function":{"name":"f"}}]"#

    @Test("Null stands for a field that was not given")
    func nulls() async throws {
        try await MockFixture.run { mock in
            let more = #","stream":null,"stream_options":null,"max_tokens":null,"n":1"#
            let status1 = try await mock.post(MockFixture.body("q", more)).status
            #expect(status1 == 200)
        }
    }

    @Test("Unknown paths get 404, wrong methods 405 with Allow")
    func paths() async throws {
        try await MockFixture.run { mock in
            let status2 = try await mock.post("{}", path: "/v1/nothing").status
            #expect(status2 == 404)
            let status3 = try await mock.get("/mock/nothing").status
            #expect(status3 == 404)
            let response = try await mock.get("/v1/chat/completions")
            #expect(response.status == 405 && response.headers["allow"] == "POST")
            let status4 = try await mock.get("/v1/models?limit=3").status
            #expect(status4 == 200)
        }
    }

    @Test("At Azure's path the deployment stands for the model, and the key in its own header")
    func azure() async throws {
        try await MockFixture.run({ $0.apiKey = "k" }) { mock in
            let path = "/openai/deployments/mine/chat/completions?api-version=2024-10-21"
            let body = #"{"messages":[{"role":"user","content":"q"}]}"#
            let completion: CompletionWire = try await mock.post(body, path: path, headers: ["api-key": "k"]).decoded()
            #expect(completion.model == "mine")
            for headers in [["api-key": "x"], ["authorization": "Bearer k"]] {
                let status = try await mock.post(body, path: path, headers: headers).status
                #expect(status == 401)
            }
            for version in ["", "?api-version=1", "?version=2024-10-21", "?api-version=latest-10-21"] {
                let path = "/openai/deployments/mine/chat/completions" + version
                let status = try await mock.post(body, path: path, headers: ["api-key": "k"]).status
                #expect(status == 404)
            }
            let newer = try await mock.post(
                MockFixture.body("q"), path: "/openai/v1/chat/completions", headers: ["api-key": "k"])
            #expect(newer.status == 200)
            let plain = try await mock.post(MockFixture.body("q"), headers: ["api-key": "k"])
            #expect(plain.status == 401)
        }
    }

    @Test("At Vertex' path a token is asked for, and the project and location that were given it")
    func vertex() async throws {
        try await MockFixture.run({
            $0.apiKey = "k"
            $0.vertexPlace = .init(project: "p-1", location: "europe-west4")
        }) { mock in
            let body = #"{"contents":[{"role":"user","parts":[{"text":"q"}]}]}"#
            let cases = [
                ("p-1", "europe-west4", ["authorization": "Bearer k"], 200),
                ("p-1", "europe-west4", ["x-goog-api-key": "k"], 400), ("p-1", "us", ["authorization": "Bearer k"], 403),
                ("p-2", "europe-west4", ["authorization": "Bearer k"], 403),
            ]
            for (project, location, headers, expected) in cases {
                let path = "/v1/projects/\(project)/locations/\(location)/publishers/google/models/g:generateContent"
                let status = try await mock.post(body, path: path, headers: headers).status
                #expect(status == expected)
            }
        }
    }

    @Test("Behind a prefix nothing is served without it")
    func prefix() async throws {
        try await MockFixture.run({ $0.basePath = "/api" }) { mock in
            let inside = try await mock.post(MockFixture.body("q"), path: "/api/v1/chat/completions").status
            let outside = try await mock.post(MockFixture.body("q")).status
            let doubled = try await mock.post(MockFixture.body("q"), path: "/api/api/v1/chat/completions").status
            #expect((inside, outside, doubled) == (200, 404, 404))
        }
    }

    @Test("With a key configured, only that key is served; without one, anybody is")
    func key() async throws {
        try await MockFixture.run({ $0.apiKey = "sk-right" }) { mock in
            for headers in [[:], ["authorization": "Bearer sk-wrong"], ["authorization": "sk-right"]] {
                let response = try await mock.post(MockFixture.body("q"), headers: headers)
                let error: ErrorWire = try response.decoded()
                #expect(response.status == 401 && error.error.code == "invalid_api_key")
            }
            let response = try await mock.post(
                MockFixture.body("q"), headers: ["Authorization": "Bearer sk-right"])
            #expect(response.status == 200)
        }
    }
}
