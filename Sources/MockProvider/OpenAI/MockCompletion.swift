import NIOCore

/// One chat answer, from which both wire forms are written.
struct MockCompletion: Sendable, Equatable {
    let id: String
    /// Seconds since 1970.
    let created: Int
    let model: String
    /// The text, or the arguments of `toolCall`, one element to a token.
    let tokens: [String]
    let toolCall: String?
    let finishReason: String
    let promptTokens: Int

    /// - Parameters:
    ///   - ordinal: makes `id` differ from answer to answer, as a provider's does.
    ///   - created: seconds since 1970.
    init(_ request: MockChatRequest, behavior: MockBehavior, ordinal: Int, created: Int) {
        var digest = MockDigest(request.model)
        digest.add("\n")
        digest.add(request.lastUserText)
        id = "chatcmpl-\(digest.hex)-\(ordinal)"
        self.created = created
        model = request.model
        toolCall = behavior.toolCall
        let answer: MockAnswer
        if toolCall != nil {
            answer = MockAnswer(text: behavior.toolArguments, limit: nil)
        } else if let text = behavior.answer {
            answer = MockAnswer(text: text, limit: request.tokenLimit)
        } else {
            answer = MockAnswer(
                question: request.lastUserText, model: request.model, length: behavior.answerTokens,
                limit: request.tokenLimit)
        }
        tokens = answer.tokens
        finishReason = behavior.finishReason ?? (toolCall != nil ? "tool_calls" : answer.isCut ? "length" : "stop")
        // Four bytes to a token is the usual rule of thumb for English text.
        promptTokens = max(1, (request.promptBytes + 3) / 4)
    }

    var toolCallID: String {
        "call_" + id.dropFirst("chatcmpl-".utf8.count)
    }

    /// The `chat.completion` object.
    var body: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(640 + tokens.count * 8)
        buffer.writeStaticString("{\"id\":\"")
        buffer.writeString(id)
        buffer.writeStaticString("\",\"object\":\"chat.completion\",\"created\":")
        buffer.writeString(String(created))
        buffer.writeStaticString(",\"model\":")
        buffer.writeJSON(model)
        buffer.writeStaticString(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":")
        if let toolCall {
            buffer.writeStaticString("null,\"tool_calls\":[{\"id\":")
            buffer.writeJSON(toolCallID)
            buffer.writeStaticString(",\"type\":\"function\",\"function\":{\"name\":")
            buffer.writeJSON(toolCall)
            buffer.writeStaticString(",\"arguments\":")
            buffer.writeJSON(tokens.joined())
            buffer.writeStaticString("}}]")
        } else {
            buffer.writeJSON(tokens.joined())
        }
        buffer.writeStaticString(",\"refusal\":null},\"logprobs\":null,\"finish_reason\":")
        buffer.writeJSON(finishReason)
        buffer.writeStaticString("}],\"usage\":")
        writeUsage(into: &buffer)
        buffer.writeStaticString(",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_mock\"}")
        return buffer
    }

    func writeUsage(into buffer: inout ByteBuffer) {
        buffer.writeString(
            """
            {"prompt_tokens":\(promptTokens),"completion_tokens":\(tokens.count),\
            "total_tokens":\(promptTokens + tokens.count)}
            """)
    }
}
