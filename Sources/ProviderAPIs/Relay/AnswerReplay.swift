package import GatewayCore
package import NIOCore

/// Renders a stored answer for the client that asked.
package enum AnswerReplay {
    /// The body of a reply that is not streamed.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` when `json` is no `chat.completion`.
    package static func body(of json: ByteBuffer, to request: ChatRequest) throws(ProviderFailure) -> ByteBuffer {
        guard let origin = request.origin else { return OpenAIReplay.json(json, to: request) }
        return request.client.body(of: try answer(json), to: origin.conversation)
    }

    /// The frames of a stream that says the same.
    /// - Parameter piece: about how many bytes of text one frame carries; nil for all in one.
    package static func frames(
        of json: ByteBuffer, to request: ChatRequest, piece: Int? = 20
    ) throws(ProviderFailure) -> [ByteBuffer] {
        guard let origin = request.origin else {
            return try OpenAIReplay.frames(
                of: OpenAIReplay.json(json, to: request), includesUsage: request.wantsStreamUsage, piece: piece)
        }
        var encoder = request.client.stream(of: origin.conversation)
        let frames: [ByteBuffer] = try answer(json).events(piece: piece).compactMap { event in
            var frame = ByteBuffer()
            encoder.encode(event, into: &frame)
            return frame.readableBytes > 0 ? frame : nil
        }
        if encoder.isOverfull { throw OpenAIChat.malformed("is larger than a stream of the client's dialect can be") }
        return frames
    }

    /// An answer is kept as its provider spelled it, where clients of the provider's own dialect asked.
    private static func answer(_ json: ByteBuffer) throws(ProviderFailure) -> Answer {
        let answer = try ChatAnswerReader.read(json)
        return answer.namingCalls(by: answer.id ?? "")
    }
}

extension Answer {
    /// The events of a stream that says what the answer says.
    /// - Parameter piece: about how many bytes of text one event carries; nil for all in one.
    package func events(piece: Int?) -> [AnswerEvent] {
        var events: [AnswerEvent] = [.started(id: id, model: model, created: created)]
        for (index, choice) in choices.enumerated() {
            if let logprobs = choice.logprobs { events.append(.logprobs(logprobs, choice: index)) }
            var calls = 0
            for part in choice.parts { events += part.events(choice: index, piece: piece, calls: &calls) }
            if let finish = choice.finish {
                events.append(
                    .finished(
                        finish, native: choice.nativeFinish, stopSequence: choice.stopSequence, choice: index))
            }
        }
        if let usage { events.append(.usage(usage)) }
        return events + [.ended]
    }
}

extension ContentPart {
    /// - Parameter calls: how many calls came before it; counted on.
    fileprivate func events(choice: Int, piece: Int?, calls: inout Int) -> [AnswerEvent] {
        let pieces = { (text: String) in ReplayPieces(text, size: piece).map(String.init) }
        switch content {
        case .text(let text): return pieces(text).map { .text($0, choice: choice) }
        case .refusal(let text): return pieces(text).map { .refusal($0, choice: choice) }
        case .thinking(let text, let signature):
            let thoughts: [AnswerEvent] = pieces(text).map { .thinking($0, choice: choice) }
            return thoughts + (signature.map { [.signature($0, choice: choice)] } ?? [])
        case .redactedThinking(let data): return [.redactedThinking(data, choice: choice)]
        case .toolCall(let call):
            let index = calls
            calls += 1
            return [.toolCall(index, id: call.id, name: call.name, signature: call.signature, choice: choice)]
                + (call.arguments.isEmpty ? [] : [.toolArguments(index, call.arguments, choice: choice)])
        case .native(let native): return [.native(native, choice: choice)]
        case .image, .audio, .file, .toolResult: return []
        }
    }
}
