/// The form an answer must have.
package enum AnswerFormat: Sendable, Equatable {
    case text
    /// Any JSON.
    case json
    case schema(SchemaFormat)
}

/// An answer that follows a JSON Schema.
package struct SchemaFormat: Sendable, Equatable {
    /// OpenAI asks for a name; other dialects have none.
    package var name: String?
    package var description: String?
    package var schema: JSONText
    package var isStrict: Bool?

    package init(name: String? = nil, description: String? = nil, schema: JSONText, isStrict: Bool? = nil) {
        self.name = name
        self.description = description
        self.schema = schema
        self.isStrict = isStrict
    }
}

/// How far a model may think before it answers. With neither effort nor budget the model decides.
package struct ReasoningRequest: Sendable, Equatable {
    /// In OpenAI's words, from nothing to everything.
    package enum Effort: String, Sendable, CaseIterable {
        case none, minimal, low, medium, high, xhigh, max
    }

    package var effort: Effort?
    /// The most tokens of thinking.
    package var budget: Int?
    /// Whether the client wants to see the thoughts, or a summary of them; nil for the provider's own habit.
    package var isShown: Bool?
    /// Whether the effort is about the answer as a whole, and says nothing of thoughts: Anthropic has one without the
    /// other.
    package var isEffortAlone = false

    package init(effort: Effort? = nil, budget: Int? = nil, isShown: Bool? = nil, isEffortAlone: Bool = false) {
        self.effort = effort
        self.budget = budget
        self.isShown = isShown
        self.isEffortAlone = isEffortAlone
    }
}

/// How the next token is drawn. Nil always means: as the provider does.
package struct Sampling: Sendable, Equatable {
    /// 0 to 2, of which some providers take only the half up to 1.
    package var temperature: Double?
    package var topP: Double?
    package var topK: Int?
    package var seed: Int?
    /// -2 to 2.
    package var presencePenalty: Double?
    /// -2 to 2.
    package var frequencyPenalty: Double?
    /// An object of token ids and numbers.
    package var logitBias: JSONText?
    package var logprobs: Bool?
    package var topLogprobs: Int?

    package init() {}
}
