package import GatewayCore
package import NIOCore

/// OpenAI's Chat Completions, the dialect in which requests arrive and answers are stored.
package enum OpenAIChat {
    /// The frame that ends a stream.
    package static var doneFrame: ByteBuffer { ByteBuffer(staticString: "data: [DONE]\n\n") }

    /// Reads a whole `chat.completion`.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` unless it is an object with at least one choice and
    ///   a message in each; the classified failure when it is an error object under status 200.
    package static func decode(_ body: ByteBuffer) throws(ProviderFailure) -> ChatAnswer {
        let root = try parse(body).root
        guard root.kind == .object else { throw malformed("must be an object, found \(root.kind)") }
        if ProviderErrorBody.isError(root) { throw .classify(root, otherwise: .serverError) }
        guard let choices = root["choices"], choices.kind == .array else {
            throw malformed("must have an array 'choices'")
        }
        var finishReasons: [String?] = []
        var hasToolCalls = false
        var hasRefusal = false
        var (text, nativeFinish): (String?, String?) = (nil, nil)
        for choice in choices.elements {
            guard choice.kind == .object, let message = choice["message"], message.kind == .object else {
                throw malformed("must have an object 'message' in choice \(finishReasons.count)")
            }
            if finishReasons.isEmpty {
                (text, nativeFinish) = (message["content"]?.string, choice["native_finish_reason"]?.string)
            }
            finishReasons.append(choice["finish_reason"]?.string)
            if callsTools(message) { hasToolCalls = true }
            if let refusal = message["refusal"], !refusal.isNull { hasRefusal = true }
        }
        guard !finishReasons.isEmpty else { throw malformed("must have at least one choice") }
        return ChatAnswer(
            json: body, model: root["model"]?.string, usage: usage(root["usage"]), finishReasons: finishReasons,
            hasToolCalls: hasToolCalls, hasRefusal: hasRefusal, text: text, nativeFinish: nativeFinish)
    }

    /// Nil unless both counts are there and are counts. What the details name is a part of these, also where a
    /// provider's details add up to more; but for xAI, which counts thoughts beside the completion: there the total
    /// is the sum of all three.
    static func usage(_ element: JSONElement?) -> TokenUsage? {
        guard let element, let prompt = element["prompt_tokens"]?.integer, prompt >= 0,
            var completion = element["completion_tokens"]?.integer ?? (element["completion_tokens"] == nil ? 0 : nil),
            completion >= 0
        else { return nil }
        completion += thoughtsBeside(completion, prompt, element)
        var input = OpenAITokenDetails(of: prompt, element["prompt_tokens_details"])
        var output = OpenAITokenDetails(of: completion, element["completion_tokens_details"])
        let (read, written) = (input.take("cached_tokens"), input.take("cache_write_tokens"))
        let (heard, thought, spoken) = (
            input.take("audio_tokens"), output.take("reasoning_tokens"), output.take("audio_tokens")
        )
        return TokenUsage(
            inputUncached: input.rest, cacheRead: read, cacheWrite5m: written, inputAudio: heard,
            outputText: output.rest, outputReasoning: thought, outputAudio: spoken)
    }

    /// Tokens of thinking that are no part of the completion; 0 where the total does not prove it.
    private static func thoughtsBeside(_ completion: Int, _ prompt: Int, _ usage: JSONElement) -> Int {
        guard let thought = usage["completion_tokens_details"]?["reasoning_tokens"]?.integer, thought > 0,
            let total = usage["total_tokens"]?.integer
        else { return 0 }
        let (said, overflows) = prompt.addingReportingOverflow(completion)
        let (all, overflowsToo) = said.addingReportingOverflow(thought)
        return !overflows && !overflowsToo && all == total ? thought : 0
    }

    static func parse(_ text: ByteBuffer) throws(ProviderFailure) -> JSONDocument {
        do {
            return try JSONDocument(text)
        } catch {
            throw malformed("must be JSON: \(error)")
        }
    }

    static func malformed(_ message: String) -> ProviderFailure {
        ProviderFailure(.malformedAnswer, message: "the provider's answer \(message)")
    }

    private static func callsTools(_ message: JSONElement) -> Bool {
        if let calls = message["tool_calls"] {
            var elements = calls.elements
            if elements.next() != nil { return true }
        }
        return message["function_call"]?.kind == .object
    }
}
