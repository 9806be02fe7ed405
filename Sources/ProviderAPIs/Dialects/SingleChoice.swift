internal import GatewayCore

/// What dialects say that give one answer to a request.
enum SingleChoice {
    /// - Throws: `invalidRequest` for more answers: fewer than were asked for would be a wrong answer, whatever the
    ///   policy for parameters without a word, and calls that nobody asked for cost money.
    static func expect(_ conversation: Conversation) throws(GatewayError) {
        guard let choices = conversation.choices, choices != 1 else { return }
        throw refusal(of: choices)
    }

    static func refusal(of choices: Int) -> GatewayError {
        GatewayError(
            .invalidRequest,
            "'n' must be 1 for the provider of this model, found \(choices): ask \(choices) times, or ask a model of a "
                + "provider that gives several answers",
            parameter: "n")
    }
}
