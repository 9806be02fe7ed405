package import GatewayCore
package import NIOCore

/// Renders a stored `chat.completion` for a client that speaks this dialect.
package enum OpenAIReplay {
    /// The body of a reply that is not streamed: the answer as stored, but for the words of calls.
    package static func json(_ answer: ByteBuffer, to request: ChatRequest) -> ByteBuffer {
        request.document.root.asksForFunctions ? FunctionCalls.spelled(in: answer) : answer
    }

    /// The frames of a stream that says what `answer` says, `[DONE]` included.
    /// - Parameters:
    ///   - includesUsage: whether the client asked for the usage chunk.
    ///   - piece: about how many bytes of text one frame carries; nil for all in one.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` when `answer` is no `chat.completion`.
    package static func frames(
        of answer: ByteBuffer, includesUsage: Bool, piece: Int? = 20
    ) throws(ProviderFailure) -> [ByteBuffer] {
        let root = try OpenAIChat.parse(answer).root
        guard let choices = root["choices"], choices.kind == .array else {
            throw OpenAIChat.malformed("must have an array 'choices'")
        }
        var renderer = ReplayRenderer(root, includesUsage: includesUsage, piece: piece)
        var index = 0
        for choice in choices.elements {
            guard let message = choice["message"], message.kind == .object else {
                throw OpenAIChat.malformed("must have an object 'message' in choice \(index)")
            }
            renderer.append(choice, message: message, index: index)
            index += 1
        }
        renderer.appendUsage()
        return renderer.frames + [OpenAIChat.doneFrame]
    }
}
