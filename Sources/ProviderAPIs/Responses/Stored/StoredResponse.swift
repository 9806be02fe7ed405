package import GatewayCore
package import NIOCore

/// What is kept of a response: the object that its client got, and everything that was said before it, so that a later
/// request can go on from it by `previous_response_id` with one read. Instructions are not taken over, nor is what a
/// request says about its own answer, such as its tools.
package struct StoredResponse: Sendable, Equatable {
    /// What the model was given, but for instructions; with all turns before.
    package let input: [Message]
    /// The `response` object as its client got it.
    package let response: JSONText

    /// - Parameters:
    ///   - request: whole, with what came before it.
    ///   - response: the object that answers it.
    package init(request: Conversation, response: JSONText) {
        input = Array(request.messages.dropFirst(request.hasInstructions ? 1 : 0))
        self.response = response
    }

    /// All that was said so far, the answer too.
    package var messages: [Message] {
        var reader = ResponsesOutputReader()
        var said: [ContentPart] = []
        if let output = try? JSONDocument(response.bytes, depthLimit: Self.depthLimit).root["output"] {
            for item in output.elements { said += reader.parts(of: item) }
        }
        return said.isEmpty ? input : input + [Message(.assistant, said)]
    }

    /// The whole conversation of a request that goes on from this response.
    package func continued(by request: Conversation) -> Conversation {
        let start = request.hasInstructions ? 1 : 0
        let messages = messages
        var whole = request
        whole.messages =
            request.messages.prefix(start) + messages
            + request.messages.dropFirst(start).map { Self.named($0, after: messages) }
        return whole
    }

    /// Gives results of tools the names that stand with their calls.
    private static func named(_ message: Message, after messages: [Message]) -> Message {
        guard message.role == .tool else { return message }
        var message = message
        for (index, part) in message.parts.enumerated() {
            guard case .toolResult(var result) = part.content, result.name == nil else { continue }
            let call = messages.lazy.flatMap(\.toolCalls).last { $0.id == result.callID }
            result.name = call?.name
            message.parts[index].content = .toolResult(result)
        }
        return message
    }

    // MARK: - Bytes

    private static let version = 1

    /// As JSON with a version, for a store.
    package var bytes: ByteBuffer {
        var json = JSONWriter(capacity: 4096)
        json.object { json in
            json.member("version", Self.version)
            json.array("input") { for message in input { StoredMessage.write(message, to: &$0) } }
            json.member("response", response)
        }
        return json.bytes
    }

    /// Nil for bytes of another version, and for what cannot be read.
    package init?(_ bytes: ByteBuffer) {
        guard let root = try? JSONDocument(bytes, depthLimit: Self.depthLimit).root,
            root["version"]?.integer == Self.version, let stored = root["input"], stored.kind == .array,
            let response = root["response"], response.kind == .object
        else { return nil }
        var messages: [Message] = []
        for element in stored.elements {
            guard let message = StoredMessage.read(element) else { return nil }
            messages.append(message)
        }
        input = messages
        self.response = JSONText(response)
    }

    /// Deeper than a client's own JSON may be, since that stands inside.
    static let depthLimit = 640
}
