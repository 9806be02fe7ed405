package import GatewayCore

extension OwnWords {
    /// What of a request goes into the wall beside the gateway's spelling of it; nil where that says all.
    ///
    /// Providers of the sender's own API are sent the body as it came. So whatever its reader does not take over, or
    /// not in its order, has to part requests. Said the other way round: only what is known to be taken over wholly
    /// lets requests of different APIs share an answer.
    /// - Parameter question: the text that is compared by itself, as the gateway found it.
    package static func of(_ root: JSONElement, api: ClientAPI, question: String?) -> OwnWords? {
        switch api {
        case .chat: return nil
        case .messages:
            if MessagesShape.request.holds(root) { return nil }
            return OwnWords(
                root: root, ignored: MessagesShape.ignored,
                question: Self.question(question, in: root["messages"], of: "text"))
        case .responses:
            if ResponsesShape.holds(root) { return nil }
            return OwnWords(
                root: root, ignored: ResponsesShape.ignored,
                question: Self.question(question, in: root["input"], of: "input_text"))
        }
    }

    /// Where the question stands: the content of the last message, or its only part.
    private static func question(_ text: String?, in messages: JSONElement?, of type: String) -> JSONElement? {
        guard let text, let messages else { return nil }
        if messages.string == text { return messages }
        var last: JSONElement?
        for message in messages.elements { last = message }
        guard let content = last?["content"] else { return nil }
        if content.string == text { return content }
        var parts = content.elements
        guard let part = parts.next(), parts.next() == nil, part["type"]?.string == type, let said = part["text"],
            said.string == text
        else { return nil }
        return said
    }
}
