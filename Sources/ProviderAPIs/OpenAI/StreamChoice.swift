internal import GatewayCore

/// One element of a chunk's `choices`, checked.
struct StreamChoice {
    let element: JSONElement
    let index: Int
    /// Nil when it is absent or null, as in the last chunk of some vendors.
    let delta: JSONElement?

    /// As many choices as OpenAI lets a request ask for.
    private static let indices = 0..<128

    /// The choices of a chunk; none when `choices` is absent or null.
    static func read(_ root: JSONElement) throws(ProviderFailure) -> [StreamChoice] {
        guard let choices = root["choices"], !choices.isNull else { return [] }
        guard choices.kind == .array else { throw OpenAIChat.malformed("must have an array 'choices'") }
        var read: [StreamChoice] = []
        for element in choices.elements { read.append(try StreamChoice(element)) }
        return read
    }

    private init(_ element: JSONElement) throws(ProviderFailure) {
        guard element.kind == .object else { throw OpenAIChat.malformed("must have objects as choices") }
        let index = element["index"].map { $0.integer ?? -1 } ?? 0
        guard Self.indices.contains(index) else { throw OpenAIChat.malformed("must have choices 0 to 127") }
        let delta = element["delta"].flatMap { $0.isNull ? nil : $0 }
        guard delta?.kind ?? .object == .object else { throw OpenAIChat.malformed("must have objects as deltas") }
        if let calls = delta?["tool_calls"] {
            for call in calls.elements where call.kind != .object {
                throw OpenAIChat.malformed("must have objects as tool calls")
            }
        }
        self.element = element
        self.index = index
        self.delta = delta
    }

    /// Whether the choice says why it ended.
    var isFinish: Bool { element["finish_reason"]?.string?.isEmpty == false }

    /// Whether the client would see a part of the answer, or its end: text of any kind, calls, or a reason.
    var isContent: Bool {
        if isFinish { return true }
        guard let delta else { return false }
        return delta.members.contains { member in
            guard !member.hasName("role") else { return false }
            switch member.value.kind {
            case .string: return member.value.range.count > 2
            case .object, .array: return member.value.hasElements
            case .number, .true, .false, .null: return false
            }
        }
    }
}
