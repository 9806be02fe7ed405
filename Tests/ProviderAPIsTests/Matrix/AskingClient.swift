import GatewayCore

@testable import ProviderAPIs

/// A request of a client, as the stages behind the door have it.
enum AskingClient {
    /// - Parameter body: in the client's own dialect.
    static func request(_ body: String, as api: ClientAPI) throws -> ChatRequest {
        let document = try JSONDocument(body)
        if api == .chat { return request(document) }
        let conversation = try ClientDialects.dialect(of: api).request(document.root, headers: [])
        let written = try ChatRequestWriter.write(conversation)
        var request = request(try JSONDocument(written))
        request.origin = ChatRequest.Origin(api: api, document: document, conversation: conversation)
        return request
    }

    /// One that asks for a stream.
    static func stream(_ api: ClientAPI) throws -> ChatRequest {
        let rest =
            switch api {
            case .chat: #""messages":[{"role":"user","content":"q"}],"stream_options":{"include_usage":true}"#
            case .responses: #""input":"q""#
            case .messages: #""max_tokens":9,"messages":[{"role":"user","content":"q"}]"#
            }
        return try request(#"{"model":"asked","stream":true,\#(rest)}"#, as: api)
    }

    private static func request(_ document: JSONDocument) -> ChatRequest {
        ChatRequest(
            document: document, model: document.root["model"]?.string ?? "",
            isStream: document.root["stream"]?.bool ?? false,
            wantsStreamUsage: document.root["stream_options"]?["include_usage"]?.bool ?? false, question: nil)
    }
}
