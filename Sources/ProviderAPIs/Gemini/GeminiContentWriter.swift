internal import GatewayCore

/// Writes the messages of a conversation as `systemInstruction` and `contents`.
struct GeminiContentWriter {
    private let conversation: Conversation
    private let signsCalls: Bool
    private let isVertex: Bool
    /// The names of the functions called so far, by the ids of the calls: results must name them.
    private var names: [String: String] = [:]
    private(set) var dropped: [String] = []

    /// What stands for the signature of a call that lost its own, or never had one.
    static let anySignature = "skip_thought_signature_validator"

    /// - Parameters:
    ///   - signsCalls: whether the model refuses calls without a signature.
    ///   - isVertex: Google Cloud has no ids of calls, and wants the types of files by their addresses.
    init(_ conversation: Conversation, signsCalls: Bool, isVertex: Bool) {
        self.conversation = conversation
        self.signsCalls = signsCalls
        self.isVertex = isVertex
        for call in conversation.messages.lazy.flatMap(\.toolCalls) { names[call.id] = call.name }
    }

    mutating func write(to json: inout JSONWriter) throws(GatewayError) {
        var system: [String] = []
        for (index, message) in conversation.messages.enumerated() where message.role.isSystem {
            for (position, part) in message.parts.enumerated() {
                guard case .text(let text) = part.content else {
                    let place = "messages[\(index)].content[\(position)]"
                    throw .untranslatable(place, "anything but text above the turns")
                }
                if !text.isEmpty { system.append(text) }
            }
        }
        // There must be a turn: instructions alone become one.
        let hasTurns = conversation.messages.contains { !$0.role.isSystem && $0.parts.contains(where: \.isSomething) }
        guard hasTurns || !system.isEmpty else { throw Conversation.nothingSaid }
        if hasTurns, !system.isEmpty {
            json.object("systemInstruction") { Self.writeTexts(system, to: &$0) }
        }
        try json.array("contents") { json throws(GatewayError) in
            if hasTurns { return try writeTurns(to: &json) }
            json.object { json in
                json.member("role", "user")
                Self.writeTexts(system, to: &json)
            }
        }
    }

    private static func writeTexts(_ texts: [String], to json: inout JSONWriter) {
        json.array("parts") { json in
            for text in texts { json.object { $0.member("text", text) } }
        }
    }

    private mutating func writeTurns(to json: inout JSONWriter) throws(GatewayError) {
        let turns = try conversation.messagesWithResultsInPlace()
            .filter { !$0.message.role.isSystem && $0.message.parts.contains(where: \.isSomething) }
        var position = 0
        while position < turns.count {
            // All results of one turn of the model stand in one turn of the user, and what the model said in several
            // messages in one of its own: a call must stand behind what the user says.
            var group = [turns[position]]
            position += 1
            let role = group[0].message.role
            while role != .user, position < turns.count, turns[position].message.role == role {
                group.append(turns[position])
                position += 1
            }
            var parts = GeminiPartWriter(
                names: names, signsCalls: signsCalls, writesCallIDs: !isVertex, needsTypes: isVertex)
            for (index, message) in group { try parts.add(message, at: "messages[\(index)]") }
            dropped += parts.dropped
            let written = parts.finished()
            // A turn of nothing is refused.
            if written.isEmpty { continue }
            json.object { json in
                json.member("role", role == .assistant ? "model" : "user")
                json.array("parts") { json in for part in written { json.json(part) } }
            }
        }
    }
}

extension ContentPart {
    fileprivate var isSomething: Bool { if case .text(let text) = content { !text.isEmpty } else { true } }
}

extension Message.Role {
    fileprivate var isSystem: Bool { self == .system || self == .developer }
}
