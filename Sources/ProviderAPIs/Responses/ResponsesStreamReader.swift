package import GatewayCore
internal import NIOCore

/// Reads the semantic events of a Responses stream.
///
/// What servers leave out is made good from what they repeat: a text that came without fragments is taken from the
/// event that ends it, from its item, or from the response. Events nobody knows are skipped.
package struct ResponsesStreamReader: AnswerStreamDecoder {
    private var hasStarted = false
    private var hasEnded = false
    private var items: [Int: ResponsesStreamItem] = [:]
    private var callCount = 0
    private var reader = ResponsesOutputReader()

    /// More items than any answer has.
    private static let most = 4096

    package init() {}

    package mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        if hasEnded || OpenAIStreamDecoder.isBlank(event.data) || OpenAIStreamDecoder.isEnd(event.data) { return [] }
        let root = try OpenAIChat.parse(event.data).root
        guard root.kind == .object else { throw OpenAIChat.malformed("must be objects, found \(root.kind)") }
        let type = root["type"]?.string ?? event.name ?? ""
        if type == "error" || ProviderErrorBody.isError(root) { throw .classify(root, otherwise: .streamError) }
        var events: [AnswerEvent] = []
        if let response = root["response"], response.kind == .object {
            try follow(response, type, into: &events)
        } else if type.hasPrefix("response.") {
            try read(root, type, into: &events)
        }
        return events
    }

    package mutating func finish() throws(ProviderFailure) -> [AnswerEvent] {
        guard hasEnded else { throw ProviderFailure(.truncated, message: "the stream ended without its end") }
        return []
    }

    // MARK: - The response

    private mutating func follow(
        _ response: JSONElement, _ type: String, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        switch type {
        case "response.failed": throw .classify(response, otherwise: .streamError)
        case "response.cancelled": throw ProviderFailure(.streamError, message: "the response was cancelled")
        default: break
        }
        if !hasStarted {
            hasStarted = true
            events.append(
                .started(
                    id: response["id"]?.string, model: response["model"]?.string,
                    created: ResponsesAnswerReader.created(response)))
        }
        guard ["response.completed", "response.incomplete", "response.done"].contains(type) else { return }
        try endItems(response, into: &events)
        let end = ResponsesEnd(response, hasCalls: callCount > 0)
        events.append(.finished(end.finish, native: end.native, stopSequence: nil, choice: 0))
        if let usage = ResponsesUsage.read(response["usage"]) { events.append(.usage(usage)) }
        events.append(.ended)
        hasEnded = true
        items = [:]
    }

    /// Items that no event told of, from servers that send only the whole.
    private mutating func endItems(
        _ response: JSONElement, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        guard items.isEmpty, let output = response["output"] else { return }
        for (place, item) in output.elements.enumerated() where item.kind == .object {
            try end(item, at: place, into: &events)
        }
    }

    // MARK: - Items

    private mutating func read(
        _ root: JSONElement, _ type: String, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        guard let place = root["output_index"]?.integer else { return }
        switch type {
        case "response.output_item.added":
            if let item = root["item"], item.kind == .object { try open(item, at: place, into: &events) }
        case "response.output_item.done":
            if let item = root["item"], item.kind == .object { try end(item, at: place, into: &events) }
        default:
            var item = try take(place)
            item.read(root, type, into: &events)
            items[place] = item
        }
    }

    /// Taken out, so that it has one owner.
    private mutating func take(_ place: Int) throws(ProviderFailure) -> ResponsesStreamItem {
        if let known = items.removeValue(forKey: place) { return known }
        guard items.count < Self.most else { throw OpenAIChat.malformed("must have at most \(Self.most) items") }
        return ResponsesStreamItem()
    }

    private mutating func open(
        _ item: JSONElement, at place: Int, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        var known = try take(place)
        if item["type"]?.string == "function_call", known.call == nil {
            let parts = reader.parts(of: item)
            if case .toolCall(let call)? = parts.first?.content {
                known.call = callCount
                callCount += 1
                events.append(
                    .toolCall(known.call ?? 0, id: call.id, name: call.name, signature: call.signature, choice: 0))
                known.argue(call.arguments, into: &events)
            }
        }
        items[place] = known
    }

    /// Tells of an item what was not told before.
    private mutating func end(
        _ item: JSONElement, at place: Int, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        try open(item, at: place, into: &events)
        var known = try take(place)
        defer { items[place] = known }
        guard !known.isOver else { return }
        known.isOver = true
        if known.call != nil { return known.endArguments(item["arguments"]?.string, into: &events) }
        for part in reader.parts(of: item) { known.end(part, into: &events) }
    }
}
