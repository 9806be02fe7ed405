internal import GatewayCore

/// How an assistant's thoughts stand in a Chat Completions message: `reasoning_content` for those who read them, and
/// `thinking_blocks` with the signatures by which a provider takes them back.
enum ChatThoughts {
    /// - Parameter message: or a delta of one.
    static func parts(of message: JSONElement) -> [ContentPart] {
        // Servers that know both names leave one of them null or empty.
        let texts = ["reasoning_content", "reasoning"].compactMap { message[$0]?.string }
        var text = texts.first { !$0.isEmpty } ?? ""
        guard let blocks = message["thinking_blocks"], blocks.hasElements else {
            return text.isEmpty ? [] : [ContentPart(.thinking(text, signature: nil))]
        }
        return blocks.elements.compactMap { block in
            switch block["type"]?.string {
            case "thinking":
                // What was streamed as text comes with a block of the signature alone.
                var thought = block["thinking"]?.string ?? ""
                if thought.isEmpty { swap(&thought, &text) } else { text = "" }
                return ContentPart(.thinking(thought, signature: block["signature"]?.string))
            case "redacted_thinking": return block["data"]?.string.map { ContentPart(.redactedThinking($0)) }
            default: return nil
            }
        }
    }

    /// All thoughts that can be read.
    static func text(of parts: [ContentPart]) -> String {
        parts.reduce(into: "") { text, part in
            if case .thinking(let thought, _) = part.content { text += thought }
        }
    }

    /// Writes both members; nothing without a thought.
    static func write(_ parts: [ContentPart], to json: inout JSONWriter) {
        let text = text(of: parts)
        if !text.isEmpty { json.member("reasoning_content", text) }
        let isSigned = parts.contains { part in
            switch part.content {
            case .thinking(_, let signature): signature != nil
            case .redactedThinking: true
            default: false
            }
        }
        guard isSigned else { return }
        json.array("thinking_blocks") { json in
            for part in parts { write(part, to: &json) }
        }
    }

    private static func write(_ part: ContentPart, to json: inout JSONWriter) {
        switch part.content {
        case .thinking(let thought, let signature):
            json.object {
                $0.member("type", "thinking")
                $0.member("thinking", thought)
                $0.member("signature", signature)
            }
        case .redactedThinking(let data):
            json.object {
                $0.member("type", "redacted_thinking")
                $0.member("data", data)
            }
        default: return
        }
    }
}
