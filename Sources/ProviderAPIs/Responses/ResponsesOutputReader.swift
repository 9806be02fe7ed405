internal import GatewayCore

/// Reads items that a model made, out of an answer or out of a history that a client gives back. Takes what is there:
/// who must refuse what is missing looks before.
struct ResponsesOutputReader {
    /// Signatures of calls whose items come later, by the ids of the calls.
    private var signatures: [String: String] = [:]

    /// The parts of one item; none for a reasoning item that says nothing.
    mutating func parts(of item: JSONElement) -> [ContentPart] {
        switch item["type"]?.string {
        case "message", nil: return Self.spoken(item["content"])
        case "function_call": return [ContentPart(.toolCall(call(item)))]
        case "reasoning": return reasoning(item)
        case .some: return [ContentPart(.native(JSONText(item)))]
        }
    }

    private mutating func call(_ item: JSONElement) -> ToolCall {
        let id = item["call_id"]?.string ?? item["id"]?.string ?? ""
        return ToolCall(
            id: id, name: item["name"]?.string ?? "", arguments: item["arguments"]?.string ?? "",
            signature: signatures.removeValue(forKey: id))
    }

    private mutating func reasoning(_ item: JSONElement) -> [ContentPart] {
        let text = Self.thought(of: item)
        guard let encrypted = item["encrypted_content"]?.string, !encrypted.isEmpty else {
            return text.isEmpty ? [] : [ContentPart(.thinking(text, signature: nil))]
        }
        switch ReasoningSeal(encrypted) {
        case .thought(let signature):
            return text.isEmpty && signature == nil ? [] : [ContentPart(.thinking(text, signature: signature))]
        case .redacted(let data): return [ContentPart(.redactedThinking(data))]
        case .call(let id, let signature):
            signatures[id] = signature
            return []
        case nil:
            if ReasoningSeal.isOurs(encrypted) {
                return text.isEmpty ? [] : [ContentPart(.thinking(text, signature: nil))]
            }
            let thought = OpenAIThought(id: item["id"]?.string ?? "", encrypted: encrypted)
            return [ContentPart(.thinking(text, signature: thought.signature))]
        }
    }

    /// The summary, or the thoughts themselves from models that show them.
    private static func thought(of item: JSONElement) -> String {
        let summary = texts(item["summary"])
        return (summary.isEmpty ? texts(item["content"]) : summary).joined(separator: "\n\n")
    }

    private static func texts(_ list: JSONElement?) -> [String] {
        list?.elements.compactMap { $0["text"]?.string } ?? []
    }

    /// The content of a message of the model: a text, or parts.
    static func spoken(_ content: JSONElement?) -> [ContentPart] {
        guard let content else { return [] }
        if let text = content.string { return [.text(text)] }
        return content.elements.map { part in
            switch part["type"]?.string {
            case "output_text", "input_text", "text": ContentPart(.text(part["text"]?.string ?? ""))
            case "refusal": ContentPart(.refusal(part["refusal"]?.string ?? ""))
            default: ContentPart(.native(JSONText(part)))
            }
        }
    }
}
