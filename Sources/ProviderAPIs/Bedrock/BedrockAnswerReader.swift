internal import GatewayCore
internal import NIOCore

/// Reads a whole answer of Converse.
enum BedrockAnswerReader {
    static func read(_ root: JSONElement) throws(ProviderFailure) -> Answer {
        guard let message = root["output"]?["message"], let native = root["stopReason"]?.string else {
            // An error may come under status 200 where a proxy stands between.
            if ProviderErrorBody.isError(root) { throw .classify(root, otherwise: .streamError) }
            throw .malformedBedrock("must have an output and a stopReason")
        }
        // The same joining of parts as in a stream.
        var answer = AnswerAccumulator(limit: .max)
        answer.add(.started(id: nil, model: nil, created: nil))
        var calls = 0
        for block in message["content"]?.elements.map({ $0 }) ?? [] {
            for event in events(of: block, call: &calls) { answer.add(event) }
        }
        let reason = try FinishReason.bedrock(native, hasCalls: calls > 0)
        let stopSequence = root["additionalModelResponseFields"]?["stop_sequence"]?.string
        answer.add(.finished(reason, native: native, stopSequence: stopSequence, choice: 0))
        if let usage = root["usage"], usage.kind == .object { answer.add(.usage(TokenUsage(bedrock: usage))) }
        guard let whole = answer.answer else { throw .malformedBedrock("must have an output") }
        return whole
    }

    private static func events(of block: JSONElement, call: inout Int) -> [AnswerEvent] {
        if let text = block["text"]?.string { return text.isEmpty ? [] : [.text(text, choice: 0)] }
        if let reasoning = block["reasoningContent"] { return thought(reasoning) }
        if let use = block["toolUse"], use["type"] == nil {
            let place = call
            call += 1
            let input = use["input"].flatMap { $0.kind == .object ? String(buffer: $0.rawText) : nil }
            return [
                .toolCall(
                    place, id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "", signature: nil,
                    choice: 0),
                .toolArguments(place, input ?? "{}", choice: 0),
            ]
        }
        if let cited = block["citationsContent"] {
            return cited["content"]?.elements.compactMap { $0["text"]?.string }.map { .text($0, choice: 0) } ?? []
        }
        return [.native(JSONText(block), choice: 0)]
    }

    private static func thought(_ reasoning: JSONElement) -> [AnswerEvent] {
        if let redacted = reasoning["redactedContent"]?.string { return [.redactedThinking(redacted, choice: 0)] }
        let text = reasoning["reasoningText"]
        var events: [AnswerEvent] = []
        if let thought = text?["text"]?.string, !thought.isEmpty { events.append(.thinking(thought, choice: 0)) }
        if let signature = text?["signature"]?.string, !signature.isEmpty {
            events.append(.signature(signature, choice: 0))
        }
        return events
    }
}
