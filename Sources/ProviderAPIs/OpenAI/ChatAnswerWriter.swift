package import GatewayCore
package import NIOCore

/// Writes a whole answer as a `chat.completion`: the form in which answers are stored, and what clients of this
/// dialect get.
///
/// What OpenAI has no name for stands where servers of its dialect put it: thoughts in `reasoning_content` and
/// `thinking_blocks`, the provider's word for the end in `native_finish_reason`.
package enum ChatAnswerWriter {
    /// The whole object.
    package static func write(_ answer: Answer) -> ByteBuffer {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("id", answer.id.map(id))
            json.member("object", "chat.completion")
            json.member("created", answer.created)
            json.member("model", answer.model)
            json.array("choices") { json in
                for (index, choice) in answer.choices.enumerated() { write(choice, index: index, to: &json) }
            }
            if let usage = answer.usage {
                json.key("usage")
                ChatUsage.write(usage, to: &json)
            }
            json.member("service_tier", answer.serviceTier)
        }
        return json.bytes
    }

    /// An id as this dialect spells it.
    static func id(_ id: String) -> String { AnswerID.spelled(id, with: "chatcmpl-") }

    private static func write(_ choice: AnswerChoice, index: Int, to json: inout JSONWriter) {
        json.object { json in
            json.member("index", index)
            json.object("message") { write(choice.parts, to: &$0) }
            if let logprobs = choice.logprobs { json.member("logprobs", logprobs) } else { json.null("logprobs") }
            if let finish = choice.finish {
                json.member("finish_reason", finish.chatWord)
            } else {
                json.null("finish_reason")
            }
            json.member("native_finish_reason", choice.nativeFinish)
            json.member("stop_sequence", choice.stopSequence)
        }
    }

    private static func write(_ parts: [ContentPart], to json: inout JSONWriter) {
        let message = Message(.assistant, parts)
        let text = message.text
        let refusal = parts.compactMap { part in
            if case .refusal(let text) = part.content { text } else { nil }
        }
        let calls = message.toolCalls
        json.member("role", "assistant")
        if text.isEmpty, !calls.isEmpty || !refusal.isEmpty {
            json.null("content")
        } else {
            json.member("content", text)
        }
        if refusal.isEmpty { json.null("refusal") } else { json.member("refusal", refusal.joined()) }
        ChatThoughts.write(parts, to: &json)
        ChatToolCalls.write(calls, isComplete: true, signs: true, to: &json)
    }
}
