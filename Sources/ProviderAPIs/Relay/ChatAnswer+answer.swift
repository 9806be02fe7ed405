package import GatewayCore

extension ChatAnswer {
    /// An answer in the form in which answers are stored.
    package init(_ answer: Answer) {
        let parts = answer.choices.flatMap(\.parts)
        self.init(
            json: ChatAnswerWriter.write(answer), model: answer.model, usage: answer.usage,
            finishReasons: answer.choices.map { $0.finish?.word },
            hasToolCalls: parts.contains(where: \.isToolCall), hasRefusal: parts.contains(where: \.isRefusal),
            isComplete: !parts.contains(where: \.isNative),
            text: answer.choices.first.map { Message(.assistant, $0.parts).text },
            nativeFinish: answer.choices.first?.nativeFinish)
    }
}

extension ContentPart {
    fileprivate var isToolCall: Bool { if case .toolCall = content { true } else { false } }
    fileprivate var isRefusal: Bool { if case .refusal = content { true } else { false } }
    fileprivate var isNative: Bool { if case .native = content { true } else { false } }
}
