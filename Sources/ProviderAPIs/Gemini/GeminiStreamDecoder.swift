internal import GatewayCore
internal import NIOCore

/// Follows one stream of Gemini. Each event is a whole answer that holds what is new; there is no mark of the end, and
/// why a candidate ended may stand in front of its last part or behind it. So the ends are told when the body ends.
struct GeminiStreamDecoder: AnswerStreamDecoder {
    private var hasStarted = false
    private var hasEnded = false
    private var responseID: String?
    private var usage: TokenUsage?
    private var candidates: [Int: Candidate] = [:]

    /// As many as OpenAI lets a request ask for; Gemini gives 8.
    private static let indices = 0..<128

    private struct Candidate {
        var callCount = 0
        /// Why it ended, in Gemini's word.
        var finish: String?
        /// The prompt was refused, and the word above is the reason for that.
        var isBlocked = false
        /// What the provider says of that. Told with the end: it is no answer for which a client would have to stay.
        var message: String?
    }

    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent] {
        guard !hasEnded, event.data.readableBytesView.contains(where: { $0 > 0x20 }) else { return [] }
        guard let document = try? JSONDocument(event.data) else { throw .malformedGemini("must be JSON") }
        var elements = document.root.elements
        // Errors come inside an array at times.
        let root = document.root.kind == .array ? elements.next() ?? document.root : document.root
        guard root.kind == .object else { throw .malformedGemini("must be an object, found \(root.kind)") }
        if ProviderErrorBody.isError(root) { throw .gemini(root) }
        var events: [AnswerEvent] = []
        start(root, into: &events)
        for (position, candidate) in (root["candidates"]?.elements.map { $0 } ?? []).enumerated() {
            // Zero is not written.
            let index = candidate["index"]?.integer ?? position
            guard Self.indices.contains(index) else { throw .malformedGemini("has a candidate of the index \(index)") }
            try read(candidate, index: index, into: &events)
        }
        if let reason = root["promptFeedback"]?["blockReason"]?.string {
            block(reason, root["promptFeedback"]?["blockReasonMessage"]?.string)
        }
        // Vertex tells the kind of traffic in every chunk and the counts in the last.
        if let counts = root["usageMetadata"], counts["promptTokenCount"] != nil || counts["totalTokenCount"] != nil {
            let newest = TokenUsage(gemini: counts)
            if newest != usage { events.append(.usage(newest)) }
            usage = newest
        }
        return events
    }

    mutating func finish() throws(ProviderFailure) -> [AnswerEvent] {
        if hasEnded { return [] }
        guard !candidates.isEmpty, candidates.values.allSatisfy({ $0.finish != nil }) else {
            throw ProviderFailure(.truncated, message: "the stream ended without a finish reason")
        }
        var events: [AnswerEvent] = []
        for (index, candidate) in candidates.sorted(by: { $0.key < $1.key }) {
            guard let native = candidate.finish else { continue }
            if let message = candidate.message, !message.isEmpty { events.append(.refusal(message, choice: index)) }
            let reason =
                candidate.isBlocked
                ? FinishReason.contentFilter : try .gemini(native, hasCalls: candidate.callCount > 0)
            events.append(.finished(reason, native: native, stopSequence: nil, choice: index))
        }
        hasEnded = true
        return events + [.ended]
    }
}

// MARK: - Reading

extension GeminiStreamDecoder {
    private mutating func start(_ root: JSONElement, into events: inout [AnswerEvent]) {
        guard !hasStarted else { return }
        hasStarted = true
        responseID = root["responseId"]?.string
        let created = root["createTime"]?.string.flatMap(InternetDate.milliseconds).map { Int($0 / 1000) }
        events.append(.started(id: responseID, model: root["modelVersion"]?.string, created: created))
    }

    /// A refused prompt has no candidate: the one answer that was asked for is its refusal. Should some have begun, it
    /// ends them.
    private mutating func block(_ reason: String, _ message: String?) {
        guard candidates.isEmpty else {
            for (index, candidate) in candidates where candidate.finish == nil {
                candidates[index]?.finish = reason
                candidates[index]?.isBlocked = true
            }
            return
        }
        candidates[0] = Candidate(finish: reason, isBlocked: true, message: message)
    }

    private mutating func read(
        _ element: JSONElement, index: Int, into events: inout [AnswerEvent]
    ) throws(ProviderFailure) {
        var candidate = candidates[index] ?? Candidate()
        if let logprobs = element["logprobsResult"].flatMap(GeminiLogprobs.read) {
            events.append(.logprobs(logprobs, choice: index))
        }
        for part in element["content"]?["parts"]?.elements.map({ $0 }) ?? [] {
            read(part, of: &candidate, index: index, into: &events)
        }
        if let reason = element["finishReason"]?.string, reason != "FINISH_REASON_UNSPECIFIED" {
            // Throws for a mistake of the model, before more of it reaches the client.
            _ = try FinishReason.gemini(reason, hasCalls: false)
            // A limit or a filter is the truth, whatever comes behind it.
            if candidate.finish == nil || candidate.finish == "STOP" { candidate.finish = reason }
        }
        candidates[index] = candidate
    }

    private func read(
        _ part: JSONElement, of candidate: inout Candidate, index: Int, into events: inout [AnswerEvent]
    ) {
        let signature = part["thoughtSignature"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        if let call = part["functionCall"] {
            // Calls in pieces come only to those who ask for them, and the pieces have no name.
            guard let name = call["name"]?.string, !name.isEmpty else { return }
            let place = candidate.callCount
            candidate.callCount += 1
            let given = call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            // Without an id of its own either, the answer is named by who relays it, and so are its calls.
            let id = given ?? responseID.map { GeminiCallID.make(response: $0, choice: index, call: place) } ?? ""
            events.append(.toolCall(place, id: id, name: name, signature: signature, choice: index))
            let arguments = call["args"].flatMap { $0.kind == .object ? String(buffer: $0.rawText) : nil }
            events.append(.toolArguments(place, arguments ?? "{}", choice: index))
            return
        }
        if let text = part["text"]?.string {
            if !text.isEmpty {
                let isThought = part["thought"]?.bool == true
                events.append(isThought ? .thinking(text, choice: index) : .text(text, choice: index))
            }
        } else if let picture = Self.picture(part) {
            events.append(.text(picture, choice: index))
        } else if part.members.contains(where: { !Self.isAside($0.name) }) {
            events.append(.native(JSONText(part), choice: index))
            return
        }
        if let signature { events.append(.signature(ThoughtOrigin.gemini.mark(signature), choice: index)) }
    }

    /// A picture that the model made, as Markdown: no dialect of clients has a place for one, and none may vanish.
    private static func picture(_ part: JSONElement) -> String? {
        guard let data = part["inlineData"], let type = data["mimeType"]?.string, type.hasPrefix("image/"),
            let base64 = data["data"]?.string
        else { return nil }
        return "![](data:\(type);base64,\(base64))"
    }

    /// Members that say something of a part and are none of its content.
    private static func isAside(_ name: String) -> Bool {
        ["thought", "thoughtSignature", "partMetadata"].contains(name)
    }
}
