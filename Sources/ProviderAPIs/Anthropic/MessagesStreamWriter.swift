internal import GatewayCore
internal import NIOCore

/// Writes the events of a stream as those of a message: one block at a time, each begun and ended.
struct MessagesStreamWriter: AnswerStreamEncoder {
    private enum Kind: Equatable { case text, thinking, call(Int) }

    private let hidesThoughts: Bool
    /// Said with the first frame, which waits for the usage that may follow.
    private var head: (id: String?, model: String?)?
    private var hasBegun = false
    private var open: Kind?
    private var index = -1
    private var calls = MessagesCallQueue()
    private var usage: TokenUsage?
    private var ending = AnswerChoice()
    private var callsTools = false
    private var refuses = false

    var isOverfull: Bool { calls.isOverfull }

    init(for request: Conversation) { hidesThoughts = request.reasoning?.isShown == false }

    mutating func encode(_ event: AnswerEvent, into frames: inout ByteBuffer) {
        if isOverfull { return }
        switch event {
        case .started(let id, let model, _): head = (id, model)
        case .usage(let counted): usage = counted
        case .text(let text, choice: 0): write(text, into: &frames)
        case .refusal(let text, choice: 0):
            refuses = true
            write(text, into: &frames)
        case .thinking(let text, choice: 0):
            guard !hidesThoughts else { return }
            begin(.thinking, into: &frames)
            delta(into: &frames, "thinking_delta") { $0.member("thinking", text) }
        case .signature(let signature, choice: 0):
            if open != .thinking, !hidesThoughts, MessagesBlock.signsText(signature) { return }
            begin(.thinking, into: &frames)
            delta(into: &frames, "signature_delta") { $0.member("signature", signature) }
            close(into: &frames)
        case .redactedThinking(let data, choice: 0):
            whole(into: &frames) { MessagesBlock.writeRedacted(data, to: &$0) }
        case .toolCall(let number, let id, let name, _, choice: 0):
            callsTools = true
            run(calls.open(number, id: id, name: name), into: &frames)
        case .toolArguments(let number, let text, choice: 0): run(calls.add(text, to: number), into: &frames)
        case .native(let native, choice: 0): write(native, into: &frames)
        case .finished(let reason, let native, let stopSequence, choice: 0):
            ending.finish = reason
            ending.nativeFinish = native
            ending.stopSequence = stopSequence
        case .ended: end(into: &frames)
        // Of this dialect's answers there is one, and it has no probabilities.
        default: return
        }
    }

    mutating func fail(_ error: GatewayError, into frames: inout ByteBuffer) {
        Self.frame("error", MessagesErrorBody.json(error), into: &frames)
    }

    // MARK: - Blocks

    private mutating func write(_ text: String, into frames: inout ByteBuffer) {
        guard !text.isEmpty else { return }
        begin(.text, into: &frames)
        delta(into: &frames, "text_delta") { $0.member("text", text) }
    }

    private mutating func write(_ native: JSONText, into frames: inout ByteBuffer) {
        if let citation = MessagesCitation.citation(of: native) {
            guard open == .text else { return }
            delta(into: &frames, MessagesCitation.type) { $0.member("citation", JSONText(citation)) }
        } else if MessagesBlock.isOwn(native) {
            whole(into: &frames) { $0.json(native) }
        }
    }

    private mutating func run(_ steps: [MessagesCallQueue.Step], into frames: inout ByteBuffer) {
        for step in steps {
            switch step {
            case .open(let number, let id, let name):
                close(into: &frames)
                start(.call(number), into: &frames) {
                    MessagesBlock.writeCall(id: MessagesBlock.id(id), name: name, input: .emptyObject, to: &$0)
                }
            case .arguments(let text):
                delta(into: &frames, "input_json_delta") { $0.member("partial_json", text) }
            }
        }
    }

    /// Makes sure that a block of this kind is open.
    private mutating func begin(_ kind: Kind, into frames: inout ByteBuffer) {
        guard open != kind else { return }
        endBlocks(into: &frames)
        start(kind, into: &frames) { json in
            if kind == .thinking {
                MessagesBlock.writeThought("", signature: "", to: &json)
            } else {
                MessagesBlock.writeText("", to: &json)
            }
        }
    }

    private mutating func whole(into frames: inout ByteBuffer, _ block: (inout JSONWriter) -> Void) {
        endBlocks(into: &frames)
        // The kind does not matter: nothing grows it.
        start(.text, into: &frames, block)
        close(into: &frames)
    }

    /// Ends the block at hand, and those that waited behind it.
    private mutating func endBlocks(into frames: inout ByteBuffer) {
        run(calls.drain(), into: &frames)
        close(into: &frames)
    }

    private mutating func start(_ kind: Kind, into frames: inout ByteBuffer, _ block: (inout JSONWriter) -> Void) {
        beginMessage(into: &frames)
        index += 1
        open = kind
        write("content_block_start", into: &frames) { json in
            json.member("index", index)
            json.key("content_block")
            block(&json)
        }
    }

    private func delta(into frames: inout ByteBuffer, _ type: String, _ members: (inout JSONWriter) -> Void) {
        write("content_block_delta", into: &frames) { json in
            json.member("index", index)
            json.object("delta") {
                $0.member("type", type)
                members(&$0)
            }
        }
    }

    private mutating func close(into frames: inout ByteBuffer) {
        guard open != nil else { return }
        open = nil
        write("content_block_stop", into: &frames) { $0.member("index", index) }
    }

    // MARK: - The message

    private mutating func beginMessage(into frames: inout ByteBuffer) {
        guard !hasBegun else { return }
        hasBegun = true
        write("message_start", into: &frames) { json in
            json.object("message") { json in
                json.member("id", head?.id.map(MessagesAnswerWriter.id) ?? "")
                json.member("type", "message")
                json.member("role", "assistant")
                json.member("model", head?.model ?? "")
                json.array("content") { _ in }
                json.null("stop_reason")
                json.null("stop_sequence")
                json.key("usage")
                MessagesUsage.write(usage ?? TokenUsage(), to: &json)
            }
        }
    }

    private mutating func end(into frames: inout ByteBuffer) {
        beginMessage(into: &frames)
        endBlocks(into: &frames)
        let word = ending.finish?.messagesWord(
            native: ending.nativeFinish, stopSequence: ending.stopSequence, callsTools: callsTools, refuses: refuses)
        write("message_delta", into: &frames) { json in
            json.object("delta") {
                if let word { $0.member("stop_reason", word) } else { $0.null("stop_reason") }
                if let text = ending.stopSequence {
                    $0.member("stop_sequence", text)
                } else {
                    $0.null("stop_sequence")
                }
            }
            json.key("usage")
            MessagesUsage.write(usage ?? TokenUsage(), to: &json)
        }
        write("message_stop", into: &frames) { _ in }
    }

    private func write(_ type: String, into frames: inout ByteBuffer, _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object {
            $0.member("type", type)
            members(&$0)
        }
        Self.frame(type, json.bytes, into: &frames)
    }

    /// An event with its name: clients skip one without.
    private static func frame(_ name: String, _ data: ByteBuffer, into frames: inout ByteBuffer) {
        frames.writeStaticString("event: ")
        frames.writeString(name)
        frames.writeStaticString("\ndata: ")
        // What is handed on may have been written in several lines.
        frames.writeFlattened(data)
        frames.writeStaticString("\n\n")
    }
}
