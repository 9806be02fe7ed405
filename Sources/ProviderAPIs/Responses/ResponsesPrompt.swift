package import GatewayCore

/// Prompts that OpenAI keeps, of which a request names one by its id: instructions, a conversation, or all it says.
package enum ResponsesPrompt {
    /// The member of a request that names one.
    static let name = "prompt"

    /// Whether a request names one: it need not say anything besides.
    package static func isNamed(in request: Conversation) -> Bool { request.extras.contains { $0.name == name } }

    /// - Throws: `invalidRequest` for a request that only its own provider can answer: what a translation would leave
    ///   out is a part of the conversation itself.
    static func refuse(_ request: Conversation) throws(GatewayError) {
        guard isNamed(in: request) else { return }
        throw GatewayError(
            .invalidRequest, "the provider of this model keeps no prompts: send the messages, without 'prompt'",
            parameter: name)
    }
}
