/// One turn of a conversation.
package struct Message: Sendable, Equatable {
    /// Whose turn it is.
    package enum Role: String, Sendable, CaseIterable {
        /// What stands above the conversation. `developer` is the newer word of OpenAI for it.
        case system, developer
        case user, assistant
        /// The result of a call: one ``ContentPart/toolResult(_:)`` and nothing else.
        case tool
    }

    package var role: Role
    package var parts: [ContentPart]
    /// The name of the participant, where the dialect has one.
    package var name: String?

    package init(_ role: Role, _ parts: [ContentPart], name: String? = nil) {
        self.role = role
        self.parts = parts
        self.name = name
    }

    /// All its text, in order, without what lies between.
    package var text: String {
        parts.reduce(into: "") { text, part in
            if case .text(let piece) = part.content { text += piece }
        }
    }

    /// The calls it makes, in order.
    package var toolCalls: [ToolCall] {
        parts.compactMap { part in
            if case .toolCall(let call) = part.content { call } else { nil }
        }
    }
}
