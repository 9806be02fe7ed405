internal import GatewayCore
internal import NIOCore

/// Reads a whole message.
enum MessagesAnswerReader {
    /// - Throws: ``ProviderFailure``: `malformedAnswer` unless it is an object with an array of content; the
    ///   classified failure when it is an error object under status 200.
    static func read(_ body: ByteBuffer) throws(ProviderFailure) -> Answer {
        let root = try OpenAIChat.parse(body).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be an object, found \(root.kind)") }
        if isError(root) { throw .anthropic(root) }
        guard let content = root["content"], content.kind == .array else {
            throw OpenAIChat.malformed("must have an array 'content'")
        }
        var usage = MessagesUsage()
        usage.update(root["usage"])
        var answer = Answer()
        answer.id = root["id"]?.string
        answer.model = root["model"]?.string
        answer.usage = usage.usage
        answer.serviceTier = root["usage"]?["service_tier"]?.string.map { $0 == "standard" ? "default" : $0 }
        var choice = AnswerChoice()
        for block in content.elements { choice.parts += parts(of: block) }
        if let words = explanation(of: root) { choice.parts.append(ContentPart(.refusal(words))) }
        choice.nativeFinish = root["stop_reason"]?.string
        choice.finish = choice.nativeFinish.map(FinishReason.init(messages:))
        choice.stopSequence = root["stop_sequence"]?.string
        answer.choices = [choice]
        return answer
    }

    static func isError(_ root: JSONElement) -> Bool {
        root["type"]?.string == "error" || ProviderErrorBody.isError(root)
    }

    /// Why the model refused, in words, where it says so.
    static func explanation(of message: JSONElement?) -> String? {
        guard let words = message?["stop_details"]?["explanation"]?.string, !words.isEmpty else { return nil }
        return words
    }

    private static func parts(of block: JSONElement) -> [ContentPart] {
        switch block["type"]?.string {
        case "text":
            let text = block["text"]?.string ?? ""
            let said: [ContentPart] = text.isEmpty ? [] : [.text(text)]
            return said + (block["citations"]?.elements.map { ContentPart(.native(MessagesCitation.native($0))) } ?? [])
        case "thinking":
            let signature = block["signature"]?.string ?? ""
            return [
                ContentPart(
                    .thinking(block["thinking"]?.string ?? "", signature: signature.isEmpty ? nil : signature))
            ]
        case "redacted_thinking": return [ContentPart(.redactedThinking(block["data"]?.string ?? ""))]
        case "tool_use":
            let input = block["input"].map { JSONText($0).description } ?? "{}"
            return [
                ContentPart(
                    .toolCall(
                        ToolCall(
                            id: block["id"]?.string ?? "", name: block["name"]?.string ?? "", arguments: input)))
            ]
        default: return block.kind == .object ? [ContentPart(.native(JSONText(block)))] : []
        }
    }
}
