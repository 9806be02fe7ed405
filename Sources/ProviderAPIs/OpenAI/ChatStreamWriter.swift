package import GatewayCore
package import NIOCore

/// Writes the events of a stream as chunks of Chat Completions.
package struct ChatStreamWriter: AnswerStreamEncoder {
    private let includesUsage: Bool
    /// Whether the client knows calls by their older words alone.
    private let usesFunctions: Bool
    /// What stands in front of the choices of every chunk.
    private var envelope = ByteBuffer()
    /// Choices whose role was told.
    private var opened: Set<Int> = []
    /// Of what comes with the next text.
    private var logprobs: [Int: JSONText] = [:]
    private var usage: TokenUsage?

    /// - Parameters:
    ///   - includesUsage: whether the client asked for the chunk with the usage.
    ///   - usesFunctions: writes the first call as a `function_call`, and no other.
    package init(includesUsage: Bool, usesFunctions: Bool = false) {
        self.includesUsage = includesUsage
        self.usesFunctions = usesFunctions
    }

    package mutating func encode(_ event: AnswerEvent, into frames: inout ByteBuffer) {
        switch event {
        case .started(let id, let model, let created): start(id: id, model: model, created: created)
        case .text(let text, let choice): write(choice, into: &frames) { $0.member("content", text) }
        case .refusal(let text, let choice): write(choice, into: &frames) { $0.member("refusal", text) }
        case .thinking(let text, let choice): write(choice, into: &frames) { $0.member("reasoning_content", text) }
        case .signature(let signature, let choice):
            // The text has been told: the block carries the proof alone, and joins what came before it.
            let block = ContentPart(.thinking("", signature: signature))
            write(choice, into: &frames) { ChatThoughts.write([block], to: &$0) }
        case .redactedThinking(let data, let choice):
            write(choice, into: &frames) { ChatThoughts.write([ContentPart(.redactedThinking(data))], to: &$0) }
        case .toolCall(let index, _, let name, _, let choice) where usesFunctions:
            guard index == 0 else { return }
            writeFunction(choice, into: &frames) {
                $0.member("name", name)
                $0.member("arguments", "")
            }
        case .toolArguments(let index, let text, let choice) where usesFunctions:
            if index == 0 { writeFunction(choice, into: &frames) { $0.member("arguments", text) } }
        case .toolCall(let index, let id, let name, let signature, let choice):
            writeCall(index, choice, into: &frames) { json in
                json.member("id", id)
                json.member("type", "function")
                json.object("function") {
                    $0.member("name", name)
                    $0.member("arguments", "")
                }
                ChatToolCalls.writeSignature(of: signature, to: &json)
            }
        case .toolArguments(let index, let text, let choice):
            writeCall(index, choice, into: &frames) { $0.object("function") { $0.member("arguments", text) } }
        case .logprobs(let more, let choice): logprobs[choice] = more
        case .finished(let reason, let native, let stopSequence, let choice):
            write(
                choice, finish: usesFunctions ? reason.functionsWord : reason.chatWord, into: &frames,
                behind: {
                    $0.member("native_finish_reason", native)
                    $0.member("stop_sequence", stopSequence)
                }, delta: { _ in })
        case .usage(let counted): usage = counted
        case .native: return
        case .ended: end(into: &frames)
        }
    }

    package mutating func fail(_ error: GatewayError, into frames: inout ByteBuffer) {
        frames.writeImmutableBuffer(OpenAIErrorBody.frame(error))
    }

    private mutating func start(id: String?, model: String?, created: Int?) {
        var json = JSONWriter(capacity: 160)
        json.object {
            $0.member("id", id.map(ChatAnswerWriter.id))
            $0.member("object", "chat.completion.chunk")
            $0.member("created", created)
            $0.member("model", model)
        }
        envelope = ByteBuffer(staticString: "data: ")
        envelope.writeImmutableBuffer(json.bytes.getSlice(at: 0, length: json.bytes.readableBytes - 1) ?? ByteBuffer())
    }

    private mutating func writeFunction(
        _ choice: Int, into frames: inout ByteBuffer, members: (inout JSONWriter) -> Void
    ) {
        write(choice, into: &frames) { $0.object("function_call", members) }
    }

    private mutating func writeCall(
        _ index: Int, _ choice: Int, into frames: inout ByteBuffer, call: (inout JSONWriter) -> Void
    ) {
        write(choice, into: &frames) { json in
            json.array("tool_calls") { json in
                json.object {
                    $0.member("index", index)
                    call(&$0)
                }
            }
        }
    }

    private mutating func write(
        _ choice: Int, finish: String? = nil, into frames: inout ByteBuffer,
        behind: (inout JSONWriter) -> Void = { _ in }, delta: (inout JSONWriter) -> Void
    ) {
        let isFirst = opened.insert(choice).inserted
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("index", choice)
            json.object("delta") {
                if isFirst { $0.member("role", "assistant") }
                delta(&$0)
            }
            if let told = logprobs.removeValue(forKey: choice) {
                json.member("logprobs", told)
            } else {
                json.null("logprobs")
            }
            if let finish { json.member("finish_reason", finish) } else { json.null("finish_reason") }
            behind(&json)
        }
        frames.writeImmutableBuffer(envelope)
        frames.writeStaticString(",\"choices\":[")
        frames.writeFlattened(json.bytes)
        frames.writeStaticString("]")
        if includesUsage { frames.writeStaticString(#","usage":null"#) }
        frames.writeStaticString("}\n\n")
    }

    private mutating func end(into frames: inout ByteBuffer) {
        if includesUsage, let usage {
            var json = JSONWriter(capacity: 256)
            ChatUsage.write(usage, to: &json)
            frames.writeImmutableBuffer(envelope)
            frames.writeStaticString(#","choices":[],"usage":"#)
            frames.writeImmutableBuffer(json.bytes)
            frames.writeStaticString("}\n\n")
        }
        frames.writeImmutableBuffer(OpenAIChat.doneFrame)
    }
}
