internal import GatewayCore

/// How calls of tools stand in a Chat Completions message.
enum ChatToolCalls {
    /// Writes `tool_calls`; nothing without a call.
    /// - Parameters:
    ///   - isComplete: whether they are written as they came, for the gateway's own eyes and for clients.
    ///   - signs: whether signatures are written too, where Google's servers of this dialect have them.
    static func write(_ calls: [ToolCall], isComplete: Bool, signs: Bool, to json: inout JSONWriter) {
        guard !calls.isEmpty else { return }
        json.array("tool_calls") { json in
            for call in calls {
                json.object { json in
                    json.member("id", call.id)
                    json.member("type", "function")
                    json.object("function") {
                        $0.member("name", call.name)
                        // Nothing is no JSON, and servers that read the arguments refuse it.
                        $0.member("arguments", call.arguments.isEmpty && !isComplete ? "{}" : call.arguments)
                    }
                    if signs { writeSignature(of: call.signature, to: &json) }
                }
            }
        }
    }

    /// Writes `extra_content` with a signature; nothing without one.
    static func writeSignature(of signature: String?, to json: inout JSONWriter) {
        guard let signature else { return }
        json.object("extra_content") { $0.object("google") { $0.member("thought_signature", signature) } }
    }
}
