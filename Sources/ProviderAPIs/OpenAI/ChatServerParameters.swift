/// Which members of a request a server of Chat Completions takes, where one too many makes it refuse the whole.
struct ChatServerParameters: Sendable, Equatable {
    /// All it knows; nil for a server that leaves alone what it does not know.
    var known: Set<String>?
    /// What it refuses of OpenAI's members.
    var refused: Set<String> = []
    /// Its own names for members of OpenAI's.
    var names: [String: String] = [:]
    /// Whether a message may name who says it.
    var takesParticipants = true
    /// Whether it refuses to answer a request more than once.
    var givesOneAnswer = false

    static let all = ChatServerParameters()

    /// The schema of Mistral's own client. The usage of a stream comes with its last chunk, unasked.
    static let mistral = ChatServerParameters(
        known: [
            "model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed", "metadata",
            "response_format", "tools", "tool_choice", "presence_penalty", "frequency_penalty", "n", "prediction",
            "parallel_tool_calls", "prompt_mode", "reasoning_effort", "safe_prompt", "guardrails",
        ],
        names: ["seed": "random_seed", "max_completion_tokens": "max_tokens"], takesParticipants: false)

    /// Groq's page on its compatibility.
    static let groq = ChatServerParameters(
        refused: ["logprobs", "logit_bias", "top_logprobs"], takesParticipants: false, givesOneAnswer: true)

    /// Cerebras' page on its compatibility.
    static let cerebras = ChatServerParameters(
        refused: ["frequency_penalty", "logit_bias", "presence_penalty", "prompt_cache_key"])

    /// Servers that know the limit of an answer by its older name alone, and pass over the newer one without a word.
    static let olderLimit = ChatServerParameters(names: ["max_completion_tokens": "max_tokens"])

    /// OpenAI's models that think refuse the older name.
    static let newerLimit = ChatServerParameters(
        refused: ["max_tokens"], names: ["max_tokens": "max_completion_tokens"])

    func takes(_ name: String) -> Bool { known?.contains(name) ?? !refused.contains(name) }
}
