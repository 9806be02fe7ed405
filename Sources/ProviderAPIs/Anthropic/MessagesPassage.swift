internal import GatewayCore
internal import NIOCore

/// Hands a client's own request on to a provider of the same dialect: its bytes, but for the model's name and for
/// thoughts that another provider said earlier in the conversation. Those carry the gateway's mark or no signature,
/// and one of them makes the provider refuse the whole request.
enum MessagesPassage {
    static func call(
        path: String, _ root: JSONElement, headers: [(name: String, value: String)], model: String
    ) -> ProviderCall {
        var splice = JSONSplice(root.document)
        if root["model"]?.string != model {
            var name = ByteBuffer()
            name.writeJSONString(model)
            splice.set("model", of: root, to: name)
        }
        var dropped: [String] = []
        if let messages = root["messages"], messages.elements.contains(where: hasForeignThought) {
            splice.replace(messages, with: cleaned(messages))
            if root["thinking"]?["type"]?.string == "enabled", endsWithUnexplainedCall(messages) {
                splice.remove(["thinking"], of: root)
                dropped.append("thinking")
            }
        }
        var call = ProviderCall(path: path, body: splice.apply())
        call.headers = AnthropicHeaders.passed(headers)
        call.dropped = dropped
        return call
    }

    private static func hasForeignThought(_ message: JSONElement) -> Bool {
        message["content"]?.elements.contains(where: isForeign) ?? false
    }

    private static func isForeign(_ block: JSONElement) -> Bool {
        switch block["type"]?.string {
        case "thinking": isForeign(block["signature"]?.string)
        case "redacted_thinking": isForeign(block["data"]?.string)
        default: false
        }
    }

    private static func isForeign(_ proof: String?) -> Bool {
        proof.map { $0.isEmpty || ThoughtOrigin.of($0) != nil } ?? true
    }

    /// A message of which nothing is left is left out: the provider takes the ones around it as one turn.
    private static func cleaned(_ messages: JSONElement) -> ByteBuffer {
        var json = JSONWriter(capacity: messages.range.count)
        json.array { json in
            for message in messages.elements {
                guard hasForeignThought(message), let content = message["content"] else {
                    json.json(JSONText(message))
                    continue
                }
                let kept = content.elements.filter { !isForeign($0) }
                if kept.isEmpty { continue }
                var blocks = JSONWriter(capacity: content.range.count)
                blocks.array { json in for block in kept { json.json(JSONText(block)) } }
                json.object { json in
                    for member in message.members {
                        let isContent = member.name == "content"
                        json.member(member.name, isContent ? JSONText(valid: blocks.bytes) : JSONText(member.value))
                    }
                }
            }
        }
        return json.bytes
    }

    /// Whether the last turn calls a tool and has no thought of its own in front of it: then a budget of thinking is
    /// refused, too.
    private static func endsWithUnexplainedCall(_ messages: JSONElement) -> Bool {
        var isUnexplained = false
        for message in messages.elements where message["role"]?.string == "assistant" {
            let said = message["content"]?.elements.filter { !isForeign($0) } ?? []
            let begin = said.first?["type"]?.string
            isUnexplained =
                said.contains { $0["type"]?.string == "tool_use" } && begin != "thinking"
                && begin != "redacted_thinking"
        }
        return isUnexplained
    }
}
