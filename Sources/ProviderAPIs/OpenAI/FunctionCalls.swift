internal import GatewayCore
internal import NIOCore

/// The older words of OpenAI for tools: `functions` of a request, and one `function_call` in an answer. Clients that
/// ask by them know no others. A turn has one call at most, without an id; of several the first is told.
enum FunctionCalls {
    /// A `chat.completion` with its calls by the older words; the same bytes where it calls nothing by the newer ones.
    static func spelled(in answer: ByteBuffer) -> ByteBuffer {
        guard let root = try? JSONDocument(answer).root, let choices = root["choices"] else { return answer }
        var splice = JSONSplice(root.document)
        for choice in choices.elements {
            for member in choice["message"]?.members.filter({ $0.hasName("tool_calls") }) ?? [] {
                guard let function = first(of: member.value) else { continue }
                splice.replace(member.key, with: ByteBuffer(staticString: #""function_call""#))
                splice.replace(member.value, with: function)
            }
            guard let finish = choice["finish_reason"], finish.string == FinishReason.toolCalls.word else { continue }
            splice.replace(finish, with: ByteBuffer(staticString: #""function_call""#))
        }
        return splice.apply()
    }

    private static func first(of calls: JSONElement) -> ByteBuffer? {
        var calls = calls.elements
        guard let call = calls.next(), let function = call["function"] ?? call["custom"] else { return nil }
        return JSONWriter.object {
            $0.member("name", function["name"]?.string ?? "")
            $0.member("arguments", (function["arguments"] ?? function["input"])?.string ?? "")
        }
    }
}

extension JSONElement {
    /// Whether a request of Chat Completions asks by the older words.
    var asksForFunctions: Bool { self["functions"]?.hasElements == true && self["tools"] == nil }
}

extension FinishReason {
    /// The `finish_reason` that clients of the older words are told.
    var functionsWord: String { self == .toolCalls ? "function_call" : chatWord }
}
