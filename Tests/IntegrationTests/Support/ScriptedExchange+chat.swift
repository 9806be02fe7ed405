import GatewayTesting

extension ScriptedExchange {
    /// The model the gateway asked for.
    var model: String { request.text(after: #""model":""#) }

    /// A whole completion.
    func complete(_ text: String, finish: String = "stop") async throws {
        let message = "{\"role\":\"assistant\",\"content\":\(Chat.quoted(text))}"
        try await respond(headers: [("content-type", "application/json")], body: """
            {"id":"c-1","object":"chat.completion","created":1,"model":"scripted","choices":[{"index":0,\
            "message":\(message),"finish_reason":"\(finish)"}],\
            "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
            """)
    }

    /// An error as OpenAI words it.
    func refuse(
        _ status: Int, code: String, message: String = "scripted", headers: [(String, String)] = []
    ) async throws {
        try await respond(status, headers: headers + [("content-type", "application/json")], body: """
            {"error":{"message":"\(message)","type":"scripted_error","param":null,"code":"\(code)"}}
            """)
    }

    /// One chunk of a stream with a piece of text.
    func delta(_ text: String) async throws {
        try await event("""
            {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"scripted","choices":[{"index":0,\
            "delta":{"content":\(Chat.quoted(text))},"finish_reason":null}]}
            """)
    }

    /// The chunk that opens a stream and holds no text.
    func opening() async throws {
        try await event("""
            {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"scripted","choices":[{"index":0,\
            "delta":{"role":"assistant","content":""},"finish_reason":null}]}
            """)
    }

    /// The chunk that ends the text.
    func finish(_ reason: String = "stop") async throws {
        try await event("""
            {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"scripted","choices":[{"index":0,\
            "delta":{},"finish_reason":"\(reason)"}]}
            """)
    }

    /// The terminal event and the end of the body.
    func done() async throws {
        try await event("[DONE]")
        try await endChunks()
    }
}

extension ScriptedRequest {
    /// What stands between a marker and the next quote.
    func text(after marker: String) -> String {
        let body = String(decoding: self.body, as: UTF8.self)
        guard let start = body.firstRange(of: marker) else { return "" }
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }
}
