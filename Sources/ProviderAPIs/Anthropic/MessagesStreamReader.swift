internal import GatewayCore
internal import NIOCore

/// Follows one stream of a message.
struct MessagesStreamReader: AnswerStreamDecoder {
    private var blocks: [Int: Block] = [:]
    private var usage = MessagesUsage()
    private var calls = 0
    private var hasStarted = false
    private var isFinished = false
    private var hasEnded = false
    /// Bytes held of blocks that come whole only at their end.
    private var heldCount = 0

    /// More blocks than any answer has open at a time.
    private static let mostBlocks = 1024
    private static let mostHeld = 8 << 20

    private enum Block {
        case text, thinking
        /// A call by its number, the input it began with, and whether a piece of its arguments came.
        case call(Int, input: JSONText?, hasArguments: Bool)
        /// Only this dialect's, and the pieces of its input.
        case native(JSONText, input: String)
    }

    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        if hasEnded || OpenAIStreamDecoder.isBlank(event.data) || OpenAIStreamDecoder.isEnd(event.data) { return [] }
        let root = try OpenAIChat.parse(event.data).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be objects, found \(root.kind)") }
        if event.name == "error" || MessagesAnswerReader.isError(root) { throw .anthropic(root) }
        var events: [AnswerEvent] = []
        switch root["type"]?.string ?? event.name {
        case "message_start": start(root["message"], into: &events)
        case "content_block_start":
            start(nil, into: &events)
            try open(root, into: &events)
        case "content_block_delta":
            start(nil, into: &events)
            try grow(root, into: &events)
        case "content_block_stop": close(root["index"]?.integer ?? 0, into: &events)
        case "message_delta":
            start(nil, into: &events)
            end(root, into: &events)
        case "message_stop": try stop(into: &events)
        // A ping, or what a later version adds.
        default: return []
        }
        return events
    }

    mutating func finish() throws(ProviderFailure) -> [AnswerEvent] {
        guard hasEnded else { throw ProviderFailure(.truncated, message: "the stream ended without its end") }
        return []
    }

    // MARK: - The message

    /// Once: also for a server that begins with its first block.
    private mutating func start(_ message: JSONElement?, into events: inout [AnswerEvent]) {
        guard !hasStarted else { return }
        hasStarted = true
        events.append(.started(id: message?["id"]?.string, model: message?["model"]?.string, created: nil))
        count(message?["usage"], into: &events)
    }

    private mutating func count(_ element: JSONElement?, into events: inout [AnswerEvent]) {
        guard let element, element.kind == .object else { return }
        usage.update(element)
        if let usage = usage.usage { events.append(.usage(usage)) }
    }

    private mutating func end(_ root: JSONElement, into events: inout [AnswerEvent]) {
        let delta = root["delta"]
        if let words = MessagesAnswerReader.explanation(of: delta), !isFinished {
            events.append(.refusal(words, choice: 0))
        }
        count(root["usage"], into: &events)
        guard let reason = delta?["stop_reason"]?.string, !isFinished else { return }
        isFinished = true
        events.append(
            .finished(
                FinishReason(messages: reason), native: reason, stopSequence: delta?["stop_sequence"]?.string,
                choice: 0))
    }

    private mutating func stop(into events: inout [AnswerEvent]) throws(ProviderFailure) {
        for index in blocks.keys.sorted() { close(index, into: &events) }
        guard isFinished else { throw ProviderFailure(.truncated, message: "the stream ended without a reason") }
        hasEnded = true
        events.append(.ended)
    }

    // MARK: - Blocks

    private mutating func open(_ root: JSONElement, into events: inout [AnswerEvent]) throws(ProviderFailure) {
        guard let block = root["content_block"], block.kind == .object else { return }
        guard blocks.count < Self.mostBlocks else { throw OpenAIChat.malformed("must not have so many open blocks") }
        let index = root["index"]?.integer ?? 0
        // One that was never closed.
        close(index, into: &events)
        switch block["type"]?.string {
        case "text":
            blocks[index] = .text
            add(block["text"]?.string, into: &events) { .text($0, choice: 0) }
            for citation in block["citations"]?.elements.map({ $0 }) ?? [] {
                events.append(.native(MessagesCitation.native(citation), choice: 0))
            }
        case "thinking":
            blocks[index] = .thinking
            add(block["thinking"]?.string, into: &events) { .thinking($0, choice: 0) }
            add(block["signature"]?.string, into: &events) { .signature($0, choice: 0) }
        case "redacted_thinking": add(block["data"]?.string, into: &events) { .redactedThinking($0, choice: 0) }
        case "tool_use":
            let input = block["input"].flatMap { $0.kind == .object && $0.hasElements ? JSONText($0) : nil }
            blocks[index] = .call(calls, input: input, hasArguments: false)
            events.append(
                .toolCall(
                    calls, id: block["id"]?.string ?? "", name: block["name"]?.string ?? "", signature: nil,
                    choice: 0))
            calls += 1
        default:
            try hold(block.range.count)
            blocks[index] = .native(JSONText(block), input: "")
        }
    }

    private mutating func grow(_ root: JSONElement, into events: inout [AnswerEvent]) throws(ProviderFailure) {
        guard let delta = root["delta"] else { return }
        let index = root["index"]?.integer ?? 0
        switch delta["type"]?.string {
        case "text_delta": add(delta["text"]?.string, into: &events) { .text($0, choice: 0) }
        case "thinking_delta": add(delta["thinking"]?.string, into: &events) { .thinking($0, choice: 0) }
        case "signature_delta": add(delta["signature"]?.string, into: &events) { .signature($0, choice: 0) }
        case "citations_delta":
            guard let citation = delta["citation"] else { return }
            events.append(.native(MessagesCitation.native(citation), choice: 0))
        case "input_json_delta":
            guard let text = delta["partial_json"]?.string, !text.isEmpty else { return }
            switch blocks[index] {
            case .call(let call, _, _):
                blocks[index] = .call(call, input: nil, hasArguments: true)
                events.append(.toolArguments(call, text, choice: 0))
            case .native(let block, let input):
                try hold(text.utf8.count)
                blocks[index] = .native(block, input: input + text)
            default: return
            }
        default: return
        }
    }

    private mutating func close(_ index: Int, into events: inout [AnswerEvent]) {
        switch blocks.removeValue(forKey: index) {
        case .call(let call, let input, hasArguments: false):
            // A call without arguments has an empty object, and no piece of it.
            events.append(.toolArguments(call, (input ?? .emptyObject).description, choice: 0))
        case .native(let block, let input): events.append(.native(Self.whole(block, input: input), choice: 0))
        default: return
        }
    }

    /// A block of whose input pieces came.
    private static func whole(_ block: JSONText, input: String) -> JSONText {
        guard !input.isEmpty, let value = JSONText(checking: input), let root = block.element else { return block }
        var splice = JSONSplice(root.document)
        splice.set("input", of: root, to: value.bytes)
        return JSONText(valid: splice.apply())
    }

    private mutating func hold(_ size: Int) throws(ProviderFailure) {
        heldCount += size
        guard heldCount <= Self.mostHeld else {
            throw OpenAIChat.malformed("must not have more than \(Self.mostHeld) bytes of blocks nobody knows")
        }
    }

    private func add(_ text: String?, into events: inout [AnswerEvent], _ event: (String) -> AnswerEvent) {
        guard let text, !text.isEmpty else { return }
        events.append(event(text))
    }
}
