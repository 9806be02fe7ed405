/// What a server of Chat Completions takes, of earlier turns above all, where servers refuse each other's requests.
///
/// By its host, from what the makers document and what their servers answered in 2026. A host that is not in the
/// table is taken to leave alone what it does not know, as vLLM, SGLang, llama.cpp and Ollama do.
struct ChatServerHabits: Sendable, Equatable {
    /// The member of a turn that calls tools in which the model's thoughts go back; nil where one is refused.
    var thoughts: String?
    /// Refuses such a turn when it has no thoughts.
    var demandsThoughts = false
    /// Takes Google's signatures of calls back, and wants them.
    var takesSignatures = false
    /// Refuses members of messages that are not OpenAI's own, so that they are cut out of what clients send.
    var isStrict = false
    /// Knows the newer name for the system.
    var knowsDevelopers = false
    /// Refuses content that is no string.
    var joinsTexts = false
    var parameters = ChatServerParameters.all

    /// Stands between texts that are joined.
    static let betweenTexts = "\n\n"

    /// OpenAI, and Azure.
    static let openAI = ChatServerHabits(thoughts: nil, isStrict: true, knowsDevelopers: true)
    /// A server of which nothing is known.
    static let unknown = ChatServerHabits(thoughts: "reasoning_content")

    /// - Parameter baseURL: of a provider that speaks this dialect.
    static func of(baseURL: String) -> ChatServerHabits {
        var host = baseURL.utf8[...]
        if let slashes = baseURL.firstRange(of: "//") { host = host[slashes.upperBound...] }
        host = host.prefix { $0 != UInt8(ascii: "/") }
        let port = host.drop { $0 != UInt8(ascii: ":") }
        host = host[..<port.startIndex]
        if port.elementsEqual(ollamaPort) { return ollama }
        return table.first { host.isHost($0.host) }?.habits ?? unknown
    }

    private static let ollamaPort = ":11434".utf8
    private static let ollama = ChatServerHabits(thoughts: "reasoning_content", parameters: .olderLimit)
    private static let thinking = ChatServerHabits(
        thoughts: "reasoning_content", demandsThoughts: true, parameters: .olderLimit)
    /// DeepSeek: "invalid type: sequence, expected a string".
    private static let deepSeek: ChatServerHabits = {
        var habits = thinking
        habits.joinsTexts = true
        return habits
    }()

    private static let table: [(host: String, habits: ChatServerHabits)] = [
        ("api.openai.com", openAI),
        ("api.groq.com", ChatServerHabits(thoughts: nil, isStrict: true, parameters: .groq)),
        ("mistral.ai", ChatServerHabits(thoughts: nil, isStrict: true, parameters: .mistral)),
        ("api.cerebras.ai", ChatServerHabits(thoughts: "reasoning", isStrict: true, parameters: .cerebras)),
        ("openrouter.ai", ChatServerHabits(thoughts: "reasoning")),
        ("together.xyz", ChatServerHabits(thoughts: "reasoning_content", parameters: .olderLimit)),
        ("together.ai", ChatServerHabits(thoughts: "reasoning_content", parameters: .olderLimit)),
        ("ollama.com", ollama), ("api.deepseek.com", deepSeek), ("api.moonshot.ai", thinking),
        ("api.moonshot.cn", thinking),
        ("generativelanguage.googleapis.com", ChatServerHabits(thoughts: nil, takesSignatures: true, isStrict: true)),
        ("aiplatform.googleapis.com", ChatServerHabits(thoughts: nil, takesSignatures: true, isStrict: true)),
    ]
}

extension Substring.UTF8View {
    /// Whether it is `host`, in any case, or a name below it.
    fileprivate func isHost(_ host: String) -> Bool {
        let length = host.utf8.count
        guard count >= length else { return false }
        if count > length, self[index(endIndex, offsetBy: -length - 1)] != UInt8(ascii: ".") { return false }
        return zip(suffix(length), host.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}
