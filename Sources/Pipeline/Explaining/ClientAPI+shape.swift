import GatewayCore

extension ClientAPI {
    /// The API of a request that does not come by its own path: as the caller says in `x-refrain-api`, else as the
    /// request shows. What may be Chat Completions as well as Messages is read as the former, unless the caller sends
    /// what Anthropic's clients do, as both then mean the same.
    /// - Throws: `invalidRequest` for a name that is none, and for what is a request of no API.
    init(of root: JSONElement, headers: CallerHeaders) throws(GatewayError) {
        if let name = headers.api {
            guard let api = ClientAPI(rawValue: name) else {
                let known = ClientAPI.allCases.map(\.rawValue).joined(separator: ", ")
                throw GatewayError(.invalidRequest, "x-refrain-api must be one of \(known)", parameter: "x-refrain-api")
            }
            self = api
        } else if root["messages"] != nil {
            let isAnthropic = headers.ofAPI.contains { $0.name == "anthropic-version" }
            self = isAnthropic || Self.isMessages(root) ? .messages : .chat
        } else if root["input"] != nil || root["previous_response_id"] != nil {
            self = .responses
        } else {
            throw GatewayError(
                .invalidRequest,
                "expected the body of a request for an answer, with 'messages' (Chat Completions or Messages) or "
                    + "'input' (Responses)")
        }
    }

    /// Whether something in it is of Anthropic's API alone.
    private static func isMessages(_ root: JSONElement) -> Bool {
        if ["system", "stop_sequences", "thinking", "top_k"].contains(where: { root[$0] != nil }) { return true }
        if root["tools"]?.elements.contains(where: { $0["input_schema"] != nil }) == true { return true }
        return root["messages"]?.elements.contains { message in
            message["content"]?.elements.contains { block in
                ["tool_use", "tool_result", "thinking", "image", "document"].contains(block["type"]?.string)
            } ?? false
        } ?? false
    }
}
