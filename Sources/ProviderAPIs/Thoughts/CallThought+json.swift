package import GatewayCore
package import NIOCore

extension CallThought {
    /// As it is kept: the spelling of stored messages.
    package var json: ByteBuffer {
        var json = JSONWriter()
        let call = ToolCall(id: "", name: "", arguments: "", signature: signature)
        StoredMessage.write(Message(.assistant, thoughts + [ContentPart(.toolCall(call))]), to: &json)
        return json.bytes
    }

    /// Nil for what is no such thing.
    package init?(json: ByteBuffer) {
        guard let root = try? JSONDocument(json).root, var parts = StoredMessage.read(root)?.parts,
            case .toolCall(let call)? = parts.popLast()?.content
        else { return nil }
        self.init(thoughts: parts, signature: call.signature)
    }
}

extension ChatAnswer {
    /// What its calls must come back with, by their ids.
    package var callThoughts: [String: CallThought] {
        guard hasToolCalls, let answer = try? ChatAnswerReader.read(json) else { return [:] }
        return answer.callThoughts
    }
}
