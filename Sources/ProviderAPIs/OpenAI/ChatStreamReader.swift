package import GatewayCore
internal import NIOCore

/// Reads a Chat Completions stream as events, for clients of other dialects.
package struct ChatStreamReader: AnswerStreamDecoder {
    private var hasStarted = false
    private var hasEnded = false
    private var choices: [Int: Choice] = [:]

    private struct Choice {
        var calls = ToolCallPlaces()
        /// Thoughts come as text and again as signed blocks; of what came as text only the signature is new.
        var hasThoughtText = false
        var isFinished = false
    }

    package init() {}

    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        if hasEnded || OpenAIStreamDecoder.isBlank(event.data) { return [] }
        if OpenAIStreamDecoder.isEnd(event.data) {
            guard !choices.isEmpty else { throw OpenAIChat.malformed("must have at least one choice") }
            return try end()
        }
        let root = try OpenAIChat.parse(event.data).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be objects, found \(root.kind)") }
        let chunk = try StreamChunk(root)
        if chunk.isError || event.name == "error" { throw .classify(root, otherwise: .streamError) }
        var events: [AnswerEvent] = []
        if !hasStarted {
            hasStarted = true
            events.append(
                .started(id: root["id"]?.string, model: root["model"]?.string, created: root["created"]?.integer))
        }
        for choice in chunk.choices { read(choice, into: &events) }
        if let usage = OpenAIChat.usage(chunk.usage) { events.append(.usage(usage)) }
        return events
    }

    package mutating func finish() throws(ProviderFailure) -> [AnswerEvent] { hasEnded ? [] : try end() }

    /// Some servers send `[DONE]` whatever became of the answer: without a reason for the end of each choice it proves
    /// nothing, and in other dialects a reason must be told.
    private mutating func end() throws(ProviderFailure) -> [AnswerEvent] {
        guard !choices.isEmpty, choices.values.allSatisfy(\.isFinished) else {
            throw ProviderFailure(.truncated, message: "the stream ended without its end")
        }
        hasEnded = true
        return [.ended]
    }

    private mutating func read(_ chunk: StreamChoice, into events: inout [AnswerEvent]) {
        let index = chunk.index
        var choice = choices[index] ?? Choice()
        if let logprobs = chunk.logprobs, !logprobs.isNull {
            events.append(.logprobs(JSONText(logprobs), choice: index))
        }
        if let delta = chunk.delta {
            readThoughts(of: delta, choice: index, &choice, into: &events)
            if let text = delta["content"]?.string, !text.isEmpty { events.append(.text(text, choice: index)) }
            if let text = delta["refusal"]?.string, !text.isEmpty { events.append(.refusal(text, choice: index)) }
            readCalls(of: delta, choice: index, &choice.calls, into: &events)
        }
        if let reason = chunk.finishReason?.string, !choice.isFinished {
            choice.isFinished = true
            events.append(
                .finished(
                    FinishReason(chat: reason), native: FinishReason.native(chat: reason), stopSequence: nil,
                    choice: index))
        }
        choices[index] = choice
    }

    private func readThoughts(
        of delta: JSONElement, choice index: Int, _ choice: inout Choice, into events: inout [AnswerEvent]
    ) {
        for name in ["reasoning_content", "reasoning"] {
            guard let text = delta[name]?.string, !text.isEmpty else { continue }
            choice.hasThoughtText = true
            events.append(.thinking(text, choice: index))
            break
        }
        guard delta["thinking_blocks"] != nil else { return }
        for part in ChatThoughts.parts(of: delta) {
            switch part.content {
            case .thinking(let text, let signature):
                if !choice.hasThoughtText, !text.isEmpty { events.append(.thinking(text, choice: index)) }
                if let signature { events.append(.signature(signature, choice: index)) }
            case .redactedThinking(let data): events.append(.redactedThinking(data, choice: index))
            default: continue
            }
        }
    }

    private func readCalls(
        of delta: JSONElement, choice: Int, _ places: inout ToolCallPlaces, into events: inout [AnswerEvent]
    ) {
        for fragment in delta["tool_calls"]?.elements.map({ $0 }) ?? [] {
            guard let place = places.place(of: fragment) else { continue }
            let function = fragment["function"] ?? fragment["custom"]
            if place.isNew {
                let signature = fragment["extra_content"]?["google"]?["thought_signature"]?.string
                events.append(
                    .toolCall(
                        place.index, id: fragment["id"]?.string ?? "", name: function?["name"]?.string ?? "",
                        signature: signature, choice: choice))
            }
            if let text = (function?["arguments"] ?? function?["input"])?.string, !text.isEmpty {
                events.append(.toolArguments(place.index, text, choice: choice))
            }
        }
    }
}
