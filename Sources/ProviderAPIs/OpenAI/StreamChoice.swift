internal import GatewayCore
internal import NIOCore

/// One element of a chunk's `choices`, checked, its members found in one pass.
struct StreamChoice {
    private(set) var index = 0
    /// Nil when it is absent or null, as in the last chunk of some vendors.
    private(set) var delta: JSONElement?
    private(set) var logprobs: JSONElement?
    /// Nil until the choice says why it ended; some vendors send an empty reason until then.
    private(set) var finishReason: JSONElement?
    /// What a vendor adds.
    private(set) var others: [(name: String, value: JSONElement)] = []

    /// As many choices as OpenAI lets a request ask for.
    private static let indices = 0..<128

    /// The elements of `choices`, which must be an array.
    static func read(_ choices: JSONElement) throws(ProviderFailure) -> [StreamChoice] {
        guard choices.kind == .array else { throw OpenAIChat.malformed("must have an array 'choices'") }
        var read: [StreamChoice] = []
        for element in choices.elements { read.append(try StreamChoice(element)) }
        return read
    }

    private init(_ element: JSONElement) throws(ProviderFailure) {
        guard element.kind == .object else { throw OpenAIChat.malformed("must have objects as choices") }
        for member in element.members {
            let value = member.value
            switch member.name {
            case "index": index = value.integer ?? -1
            case "delta": delta = value.isNull ? nil : value
            case "logprobs": logprobs = value
            case "finish_reason": finishReason = value.kind == .string && value.isMeaningful ? value : nil
            case let name: others.append((name, value))
            }
        }
        guard Self.indices.contains(index) else { throw OpenAIChat.malformed("must have choices 0 to 127") }
        guard delta?.kind ?? .object == .object else { throw OpenAIChat.malformed("must have objects as deltas") }
        if let calls = delta?["tool_calls"] {
            for call in calls.elements where call.kind != .object {
                throw OpenAIChat.malformed("must have objects as tool calls")
            }
        }
    }

    /// Bytes of its texts and calls as they are written.
    var contentBytes: Int {
        guard let delta else { return 0 }
        return delta.members.reduce(0) { sum, member in
            switch member.value.kind {
            case .string: member.hasName("role") ? sum : sum + member.value.rawText.readableBytes - 2
            case .object, .array: sum + member.value.rawText.readableBytes
            case .number, .true, .false, .null: sum
            }
        }
    }

    /// Whether the client would see a part of the answer: text of any kind, or calls.
    var isContent: Bool {
        guard let delta else { return false }
        return delta.members.contains { member in
            switch member.value.kind {
            case .string: return member.value.isMeaningful && !member.hasName("role")
            case .object, .array: return member.value.hasElements
            case .number, .true, .false, .null: return false
            }
        }
    }
}
