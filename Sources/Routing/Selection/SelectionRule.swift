package import GatewayCore

/// Sends requests that meet all its conditions to a tier. The first rule that is met decides.
package struct SelectionRule: Sendable, Equatable {
    /// For explanations.
    package var name: String
    package var tier: String
    package var metadata: MatchRule?
    /// Any of these words or phrases in the last user message; `*` at the end stands for any ending.
    package var keywords: [String] = []
    /// Any of these kinds of work, guessed with at least ``taskConfidence``.
    package var tasks: Set<TaskType> = []
    package var hasCode: Bool?
    /// Bytes of the last user message.
    package var promptBytes: ClosedRange<Int>?
    /// Bytes of all texts of the conversation.
    package var conversationBytes: ClosedRange<Int>?

    /// A guess less clear than this meets no rule.
    package static let taskConfidence: Float = 0.3

    package init(name: String, tier: String) {
        self.name = name
        self.tier = tier
    }

    /// Whether the conditions other than keywords hold. A rule without any condition is never met: it would be a
    /// default, and that has a place of its own.
    func holds(_ traits: RequestTraits) -> Bool {
        if let metadata, !metadata.matches(traits.metadata) { return false }
        if !tasks.isEmpty, !tasks.contains(traits.task) || traits.taskConfidence < Self.taskConfidence { return false }
        if let hasCode, hasCode != traits.hasCode { return false }
        if let promptBytes, !promptBytes.contains(traits.signs.bytes) { return false }
        if let conversationBytes, !conversationBytes.contains(traits.text.total.total) { return false }
        return hasCondition
    }

    private var hasCondition: Bool {
        metadata != nil || !keywords.isEmpty || !tasks.isEmpty || hasCode != nil || promptBytes != nil
            || conversationBytes != nil
    }
}
