internal import GatewayCore

/// What was told of one item of a stream so far.
struct ResponsesStreamItem {
    /// The number of the call it is.
    var call: Int?
    var isOver = false
    /// Parts of which something was told, by their place in the message.
    private var told: Set<Int> = []
    /// Bytes of arguments that were told.
    private var argued = 0
    /// Thoughts come as they are or as a summary: what comes first is told, and the other is not.
    private var thoughtType: String?
    private var summary = 0

    /// More parts than any message has.
    private static let most = 4096

    mutating func read(_ root: JSONElement, _ type: String, into events: inout [AnswerEvent]) {
        let place = root["content_index"]?.integer ?? 0
        let delta = root["delta"]?.string ?? ""
        switch type {
        case "response.output_text.delta":
            if let logprobs = JSONText(responses: root["logprobs"]?.elements.map(JSONText.init) ?? []) {
                events.append(.logprobs(logprobs, choice: 0))
            }
            if tell(place, delta) { events.append(.text(delta, choice: 0)) }
        case "response.refusal.delta":
            if tell(place, delta) { events.append(.refusal(delta, choice: 0)) }
        case "response.output_text.done":
            let text = root["text"]?.string ?? ""
            if !told.contains(place), tell(place, text) { events.append(.text(text, choice: 0)) }
        case "response.refusal.done":
            let text = root["refusal"]?.string ?? ""
            if !told.contains(place), tell(place, text) { events.append(.refusal(text, choice: 0)) }
        case "response.function_call_arguments.delta": argue(delta, into: &events)
        case "response.function_call_arguments.done": endArguments(root["arguments"]?.string, into: &events)
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            think(delta, type, part: root["summary_index"]?.integer ?? 0, into: &events)
        default: return
        }
    }

    /// Whether there is something to tell.
    private mutating func tell(_ place: Int, _ text: String) -> Bool {
        guard !text.isEmpty, told.count < Self.most else { return false }
        told.insert(place)
        return true
    }

    mutating func argue(_ text: String, into events: inout [AnswerEvent]) {
        guard let call, !text.isEmpty else { return }
        argued += text.utf8.count
        events.append(.toolArguments(call, text, choice: 0))
    }

    /// Tells what the fragments left out.
    mutating func endArguments(_ whole: String?, into events: inout [AnswerEvent]) {
        guard let whole, whole.utf8.count > argued else { return }
        argue(String(decoding: whole.utf8.dropFirst(argued), as: UTF8.self), into: &events)
    }

    private mutating func think(_ text: String, _ type: String, part: Int, into events: inout [AnswerEvent]) {
        thoughtType = thoughtType ?? type
        guard thoughtType == type, !text.isEmpty else { return }
        // Parts of a summary are paragraphs.
        if part > summary { events.append(.thinking("\n\n", choice: 0)) }
        summary = max(summary, part)
        events.append(.thinking(text, choice: 0))
    }

    /// Tells a part of the whole item, unless its fragments did.
    mutating func end(_ part: ContentPart, into events: inout [AnswerEvent]) {
        switch part.content {
        case .text(let text): if told.isEmpty { events.append(.text(text, choice: 0)) }
        case .refusal(let text): if told.isEmpty { events.append(.refusal(text, choice: 0)) }
        case .thinking(let text, let signature):
            if thoughtType == nil, !text.isEmpty { events.append(.thinking(text, choice: 0)) }
            if let signature { events.append(.signature(signature, choice: 0)) }
        case .redactedThinking(let data): events.append(.redactedThinking(data, choice: 0))
        case .native(let native): events.append(.native(native, choice: 0))
        default: return
        }
    }
}
