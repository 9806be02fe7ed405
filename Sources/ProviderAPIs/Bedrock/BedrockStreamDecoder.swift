internal import GatewayCore
internal import NIOCore

/// Follows one stream of ConverseStream. Usage comes behind the end of the message, as the last event.
struct BedrockStreamDecoder: AnswerStreamDecoder {
    private var hasStarted = false
    private var hasStopped = false
    private var hasEnded = false
    private var callCount = 0
    private var blocks: [Int: Block] = [:]

    /// What is open of a block; text needs nothing.
    private struct Block {
        var call: Int?
        var hasInput = false
        var signature = ""
    }

    /// More than any model opens at once.
    private static let mostBlocks = 512
    private static let mostSignature = 1 << 20

    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        guard !hasEnded, let name = event.name else { return [] }
        if name == "error" || name.hasSuffix("Exception") { throw Self.failure(name, event.data) }
        guard Self.known.contains(name) else { return [] }
        guard let root = try? JSONDocument(event.data).root, root.kind == .object else {
            throw .malformedBedrock("must have JSON objects in its events")
        }
        switch name {
        case "messageStart": return start()
        case "contentBlockStart": return start() + (try open(root))
        case "contentBlockDelta": return start() + (try grow(root))
        case "contentBlockStop": return start() + close(root["contentBlockIndex"]?.integer ?? 0)
        case "messageStop": return start() + (try stop(root))
        default: return start() + end(root)
        }
    }

    mutating func finish() throws(ProviderFailure) -> [AnswerEvent] {
        if hasEnded { return [] }
        guard hasStopped else {
            throw ProviderFailure(.truncated, message: "the stream ended without messageStop")
        }
        hasEnded = true
        return [.ended]
    }

    private static let known: Set<String> = [
        "messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata",
    ]

    private static func failure(_ name: String, _ data: ByteBuffer) -> ProviderFailure {
        let root = try? JSONDocument(data).root
        let said = BedrockException(named: root?["code"]?.string ?? name, root: root)
        let message = (root?["message"] ?? root?["originalMessage"])?.string ?? name
        return said.kind(
            of: ProviderFailure(
                .streamError, message: message, status: root?["originalStatusCode"]?.integer, body: data))
    }
}

// MARK: - Events

extension BedrockStreamDecoder {
    private mutating func start() -> [AnswerEvent] {
        if hasStarted { return [] }
        hasStarted = true
        return [.started(id: nil, model: nil, created: nil)]
    }

    private mutating func open(_ root: JSONElement) throws(ProviderFailure) -> [AnswerEvent] {
        guard let start = root["start"] else { return [] }
        guard let use = start["toolUse"], use["type"] == nil else { return Self.native(root, start) }
        let index = root["contentBlockIndex"]?.integer ?? 0
        guard blocks.count < Self.mostBlocks else { throw .malformedBedrock("has too many blocks") }
        let call = callCount
        callCount += 1
        blocks[index] = Block(call: call)
        return [
            .toolCall(
                call, id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "", signature: nil, choice: 0)
        ]
    }

    private mutating func grow(_ root: JSONElement) throws(ProviderFailure) -> [AnswerEvent] {
        guard let delta = root["delta"] else { return [] }
        let index = root["contentBlockIndex"]?.integer ?? 0
        if let text = delta["text"]?.string { return text.isEmpty ? [] : [.text(text, choice: 0)] }
        if let input = delta["toolUse"]?["input"]?.string {
            guard let call = blocks[index]?.call, !input.isEmpty else { return [] }
            blocks[index]?.hasInput = true
            return [.toolArguments(call, input, choice: 0)]
        }
        // Where a text is from is left out of whole answers, too.
        if delta["toolUse"] != nil || delta["citation"] != nil { return [] }
        guard let reasoning = delta["reasoningContent"] else { return Self.native(root, delta) }
        if let text = reasoning["text"]?.string { return text.isEmpty ? [] : [.thinking(text, choice: 0)] }
        if let redacted = reasoning["redactedContent"]?.string { return [.redactedThinking(redacted, choice: 0)] }
        if let signature = reasoning["signature"]?.string {
            // Kept until the block ends: a signature in two pieces is one.
            guard blocks.count < Self.mostBlocks,
                (blocks[index]?.signature.utf8.count ?? 0) + signature.utf8.count <= Self.mostSignature
            else { throw .malformedBedrock("has too many or too large signatures") }
            blocks[index, default: Block()].signature += signature
        }
        return []
    }

    /// A block that only Amazon knows, a picture or what a tool of its own was asked and found: an answer with one is
    /// not kept. What later versions may send is passed over.
    private static func native(_ event: JSONElement, _ content: JSONElement) -> [AnswerEvent] {
        let isForeign = content.members.contains { !$0.value.isNull && foreign.contains($0.name) }
        return isForeign ? [.native(JSONText(event), choice: 0)] : []
    }

    private static let foreign: Set<String> = ["image", "toolUse", "toolResult"]

    private mutating func close(_ index: Int) -> [AnswerEvent] {
        guard let block = blocks.removeValue(forKey: index) else { return [] }
        if let call = block.call {
            // A call without arguments has no deltas.
            return block.hasInput ? [] : [.toolArguments(call, "{}", choice: 0)]
        }
        return block.signature.isEmpty ? [] : [.signature(block.signature, choice: 0)]
    }

    private mutating func stop(_ root: JSONElement) throws(ProviderFailure) -> [AnswerEvent] {
        guard !hasStopped, let native = root["stopReason"]?.string else { return [] }
        var events: [AnswerEvent] = []
        for index in blocks.keys.sorted() { events += close(index) }
        hasStopped = true
        let reason = try FinishReason.bedrock(native, hasCalls: callCount > 0)
        let stopSequence = root["additionalModelResponseFields"]?["stop_sequence"]?.string
        return events + [.finished(reason, native: native, stopSequence: stopSequence, choice: 0)]
    }

    private mutating func end(_ root: JSONElement) -> [AnswerEvent] {
        var events: [AnswerEvent] = []
        if let usage = root["usage"], usage.kind == .object { events.append(.usage(TokenUsage(bedrock: usage))) }
        guard hasStopped else { return events }
        hasEnded = true
        return events + [.ended]
    }
}
