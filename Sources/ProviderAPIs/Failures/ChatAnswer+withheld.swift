package import GatewayCore

extension ChatAnswer {
    /// What the answer would be as an error, where a client can use nothing of it: neither text nor a call came, as the
    /// provider refused, or as the context was full before the first token. Nil for an answer.
    package var withheld: ProviderFailure? {
        guard finishReasons.count == 1, isComplete, !hasToolCalls, text?.isEmpty ?? true else { return nil }
        if nativeFinish == "model_context_window_exceeded" {
            return ProviderFailure(.contextTooLong, message: "the context was full before any output")
        }
        guard finishReasons.first == FinishReason.contentFilter.word else { return nil }
        return ProviderFailure(.contentPolicy, message: "the provider answered nothing but that it refuses")
    }
}
