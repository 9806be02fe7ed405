import NIOCore

extension MockTurn {
    /// The `chat.completion` object.
    var chatCompletion: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(768 + tokens.count * 8)
        buffer.writeStaticString("{\"id\":\"chatcmpl-")
        buffer.writeString(id)
        buffer.writeStaticString("\",\"object\":\"chat.completion\",\"created\":")
        buffer.writeString(String(created))
        buffer.writeStaticString(",\"model\":")
        buffer.writeJSON(model)
        buffer.writeStaticString(",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":")
        if calls.isEmpty, !isRefusal { buffer.writeJSON(text) } else { buffer.writeStaticString("null") }
        buffer.writeStaticString(",\"refusal\":")
        if isRefusal { buffer.writeJSON(text) } else { buffer.writeStaticString("null") }
        buffer.writeStaticString(",\"annotations\":[]")
        writeCalls(into: &buffer)
        buffer.writeStaticString("},\"logprobs\":null,\"finish_reason\":")
        buffer.writeJSON(chatFinishReason)
        buffer.writeStaticString("}],\"usage\":")
        usage.writeChat(into: &buffer)
        buffer.writeStaticString(",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_mock\"}")
        return buffer
    }

    /// `choices[].finish_reason`. A model's own refusal ends by `stop`; only a filter says `content_filter`.
    var chatFinishReason: String {
        switch stop {
        case .end, .sequence, .refusal: "stop"
        case .length: "length"
        case .calls: "tool_calls"
        case .given(let reason): reason
        }
    }

    private func writeCalls(into buffer: inout ByteBuffer) {
        guard !calls.isEmpty else { return }
        for (index, call) in calls.enumerated() {
            buffer.writeStaticString(index == 0 ? ",\"tool_calls\":[{" : ",{")
            call.writeChatMembers(into: &buffer, arguments: call.arguments)
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("]")
    }
}

extension MockCall {
    /// Id, type and function, without the braces around them.
    func writeChatMembers(into buffer: inout ByteBuffer, arguments: String) {
        buffer.writeStaticString("\"id\":\"call_")
        buffer.writeString(id)
        buffer.writeStaticString("\",\"type\":\"function\",\"function\":{\"name\":")
        buffer.writeJSON(name)
        buffer.writeStaticString(",\"arguments\":")
        buffer.writeJSON(arguments)
        buffer.writeStaticString("}")
    }
}

extension MockUsage {
    /// The `usage` of a chat completion: what was cached is part of the prompt's tokens, thinking of the answer's.
    func writeChat(into buffer: inout ByteBuffer) {
        buffer.writeString(
            """
            {"prompt_tokens":\(prompt),"completion_tokens":\(output),"total_tokens":\(total),\
            "prompt_tokens_details":{"cached_tokens":\(cacheRead),"cache_write_tokens":\(cacheWrite),\
            "audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":\(thinking),"audio_tokens":0,\
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
            """)
    }
}
