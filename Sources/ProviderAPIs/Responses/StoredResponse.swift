package import GatewayCore
package import NIOCore

/// What must be kept of a response so that a later request can go on from it by `previous_response_id`: everything
/// said so far. Instructions are not taken over, nor is what a request says about its own answer, such as its tools.
package struct StoredResponse: Sendable, Equatable {
    package let messages: [Message]

    /// - Parameter request: whole, with what came before it.
    package init(request: Conversation, answer: Answer) {
        let said = answer.choices.first?.parts ?? []
        messages =
            request.messages.dropFirst(request.hasInstructions ? 1 : 0)
            + (said.isEmpty ? [] : [Message(.assistant, said)])
    }

    /// The whole conversation of a request that goes on from this response.
    package func continued(by request: Conversation) -> Conversation {
        let start = request.hasInstructions ? 1 : 0
        var whole = request
        whole.messages =
            request.messages.prefix(start) + messages
            + request.messages.dropFirst(start).map(named)
        return whole
    }

    /// Gives results of tools the names that stand with their calls.
    private func named(_ message: Message) -> Message {
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
            json.array("messages") { for message in messages { StoredMessage.write(message, to: &$0) } }
        }
        return json.bytes
    }

    /// Nil for bytes of another version, and for what cannot be read.
    package init?(_ bytes: ByteBuffer) {
        // Deeper than a client's own JSON may be, since that stands inside.
        guard let root = try? JSONDocument(bytes, depthLimit: 128).root, root["version"]?.integer == Self.version,
            let stored = root["messages"], stored.kind == .array
        else { return nil }
        var messages: [Message] = []
        for element in stored.elements {
            guard let message = StoredMessage.read(element) else { return nil }
            messages.append(message)
        }
        self.messages = messages
    }
}
