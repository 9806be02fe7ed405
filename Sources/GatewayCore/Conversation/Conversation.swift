/// One request in the form that stands between all dialects: each client dialect is read into it, and each
/// provider dialect is written from it, so that N dialects of clients and M of providers need N + M translations.
///
/// It says what the request means and not how it was spelled. What no other dialect has a word for stays in
/// ``extras``, so that nothing of a request is lost to the cache key, and what a translation leaves out can be named.
package struct Conversation: Sendable, Equatable {
    /// As the client asked for it.
    package var model: String
    package var messages: [Message] = []
    /// Whether the first message stands apart from the others, as OpenAI's `instructions`: a request that goes on from
    /// this one does not take it over.
    package var hasInstructions = false
    package var tools: [Tool] = []
    package var toolChoice: ToolChoice?
    /// Whether one answer may call several tools; nil for the provider's own habit.
    package var allowsParallelCalls: Bool?
    package var format: AnswerFormat?
    package var reasoning: ReasoningRequest?
    /// The most tokens of an answer, thinking included.
    package var maxTokens: Int?
    /// Texts that end an answer.
    package var stop: [String] = []
    package var sampling = Sampling()
    /// How many answers are wanted; nil for one.
    package var choices: Int?
    /// Who is behind the request, as the client calls its own user.
    package var user: String?
    package var serviceTier: String?
    /// What requests share that have the same beginning (`prompt_cache_key`).
    package var cacheKey: String?
    /// Whether the client knows calls by OpenAI's older words alone (`functions`, `function_call`), of which one turn
    /// has one at most.
    package var usesFunctions = false
    package var isStream = false
    /// Whether the client asked for the usage of a stream; dialects that always tell it count as asked.
    package var wantsStreamUsage = false
    /// What the client tries out of its provider's API (`anthropic-beta`): of a header, never of a body, as it
    /// becomes one again. It stands in ``extras`` too.
    package var betas: String?
    /// Members that only the client's own dialect knows, in the order of the request.
    package var extras: [Extra] = []

    package init(model: String) { self.model = model }

    /// Whether the client rules several calls out in so many words.
    package var forbidsParallelCalls: Bool { allowsParallelCalls == false && !usesFunctions }

    /// A member of the request that only one dialect knows.
    package struct Extra: Sendable, Equatable {
        package let name: String
        package let value: JSONText

        package init(name: String, value: JSONText) {
            self.name = name
            self.value = value
        }
    }
}
