/// One answer of the model, from which every dialect writes its own form, whole or as a stream.
struct MockTurn: Sendable, Equatable {
    /// Digest of the question and number of the request: what the dialects' ids are made of.
    let id: String
    /// Seconds since 1970.
    let created: Int
    let model: String
    /// What was thought before the answer, one element to a token; also there if it must not be shown.
    let thinking: [String]
    let showsThinking: Bool
    /// The text, one element to a token; empty for calls.
    let tokens: [String]
    let calls: [MockCall]
    let stop: MockStop
    let usage: MockUsage

    /// - Parameters:
    ///   - ordinal: makes `id` differ from answer to answer, as a provider's does.
    ///   - created: seconds since 1970.
    init(_ prompt: MockPrompt, behavior: MockBehavior, ordinal: Int, created: Int) {
        var digest = MockDigest(prompt.model)
        digest.add("\n")
        digest.add(prompt.lastUserText)
        id = "\(digest.hex)-\(ordinal)"
        self.created = created
        model = prompt.model
        let thinks = prompt.thinking != .none && behavior.thinkingTokens > 0
        let thinking = thinks
            ? MockAnswer(
                thinkingAbout: prompt.lastUserText, model: prompt.model, length: behavior.thinkingTokens,
                limit: prompt.tokenLimit
            ).tokens : []
        self.thinking = thinking
        showsThinking = prompt.thinking == .shown
        let calls = Self.calls(for: prompt, behavior: behavior, id: id, seed: digest.value)
        var stop = MockStop.calls
        var tokens: [String] = []
        if calls.isEmpty {
            let limit = prompt.tokenLimit.map { $0 - thinking.count }
            let answer = Self.answer(to: prompt, behavior: behavior, limit: limit, seed: digest.value)
            (tokens, stop) = Self.stopped(answer, at: prompt.stopSequences)
            if behavior.refusal != nil { stop = .refusal }
        }
        let spoken = calls.isEmpty ? tokens.count : calls.reduce(0) { $0 + $1.fragments.count }
        self.calls = calls
        self.tokens = tokens
        self.stop = behavior.finishReason.map { .given($0) } ?? stop
        usage = MockUsage(
            prompt, behavior: behavior, output: spoken + thinking.count, thinking: thinking.count)
    }

    var text: String { tokens.joined() }
    var thought: String { thinking.joined() }
    var signature: String { MockSignature.sign(thought) }
    var isRefusal: Bool { stop == .refusal }

    private static func answer(
        to prompt: MockPrompt, behavior: MockBehavior, limit: Int?, seed: UInt64
    ) -> MockAnswer {
        if let refusal = behavior.refusal { return MockAnswer(text: refusal, limit: limit) }
        if let text = behavior.answer { return MockAnswer(text: text, limit: limit) }
        if let schema = prompt.answerSchema {
            var instance = MockSchemaInstance(schema, seed: seed)
            return MockAnswer(text: instance.value().spacedText, limit: limit)
        }
        return MockAnswer(
            question: prompt.lastUserText, model: prompt.model, length: behavior.answerTokens, limit: limit)
    }

    private static func calls(
        for prompt: MockPrompt, behavior: MockBehavior, id: String, seed: UInt64
    ) -> [MockCall] {
        guard behavior.refusal == nil else { return [] }
        var tools = prompt.wantedCalls
        if let names = behavior.toolCall, !prompt.endsWithToolResult {
            tools = names.split(separator: ",").prefix(MockPrompt.callLimit).map { name in
                prompt.tools.first { $0.name == name } ?? MockTool(name: String(name), schema: nil)
            }
        }
        return tools.enumerated().map { index, tool in
            var arguments = behavior.toolArguments ?? "{}"
            if behavior.toolArguments == nil, let schema = tool.schema {
                // Each call has arguments of its own.
                var instance = MockSchemaInstance(schema, seed: seed &+ UInt64(index))
                arguments = instance.value().spacedText
            }
            return MockCall(
                id: index == 0 ? id : "\(id)-\(index)", name: tool.name,
                fragments: MockAnswer(text: arguments, limit: nil).tokens)
        }
    }

    /// Cuts a text before the first stop sequence in it.
    private static func stopped(_ answer: MockAnswer, at sequences: [String]) -> ([String], MockStop) {
        let text = sequences.isEmpty ? "" : answer.text
        var first: (start: String.Index, sequence: String)?
        for sequence in sequences where !sequence.isEmpty {
            guard let start = text.firstRange(of: sequence)?.lowerBound else { continue }
            if let known = first, known.start <= start { continue }
            first = (start, sequence)
        }
        guard let first else { return (answer.tokens, answer.isCut ? .length : .end) }
        return (MockAnswer(text: String(text[..<first.start]), limit: nil).tokens, .sequence(first.sequence))
    }
}
