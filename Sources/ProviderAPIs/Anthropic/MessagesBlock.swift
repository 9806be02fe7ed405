internal import GatewayCore

/// Writes the blocks that requests and answers have in common, and knows those of this dialect.
enum MessagesBlock {
    static func writeText(_ text: String, mark: CacheMark? = nil, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "text")
            $0.member("text", text)
            mark?.write(to: &$0)
        }
    }

    static func writeThought(_ text: String, signature: String, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "thinking")
            $0.member("thinking", text)
            $0.member("signature", signature)
        }
    }

    /// Whether a signature without a thought in front proves the words of the answer: Google signs those, too, and does
    /// not ask for them back. Clients would show it as a thought of nothing.
    static func signsText(_ signature: String) -> Bool { ThoughtOrigin.of(signature) == .gemini }

    static func writeRedacted(_ data: String, to json: inout JSONWriter) {
        json.object {
            $0.member("type", "redacted_thinking")
            $0.member("data", data)
        }
    }

    static func writeCall(
        id: String, name: String, input: JSONText, mark: CacheMark? = nil, to json: inout JSONWriter
    ) {
        json.object {
            $0.member("type", "tool_use")
            $0.member("id", id)
            $0.member("name", name)
            $0.member("input", input)
            mark?.write(to: &$0)
        }
    }

    /// Whether a native block is one of this dialect, and not of another client's or provider's.
    static func isOwn(_ native: JSONText) -> Bool {
        guard let type = native.element?["type"]?.string else { return false }
        return types.contains(type) || (type.hasSuffix("_tool_result") && type != "tool_result")
    }

    private static let types: Set<String> = [
        "server_tool_use", "mcp_tool_use", "search_result", "container_upload", "document", "image", "tool_reference",
        "compaction", "fallback",
    ]

    /// Whether a native tool is one of this dialect: their types end in a date of eight digits.
    static func isOwnTool(_ native: JSONText) -> Bool {
        guard let type = native.element?["type"]?.string else { return false }
        let date = type.split(separator: "_").last ?? ""
        return type == "mcp_toolset" || (date.utf8.count == 8 && date.allSatisfy(\.isWholeNumber))
    }

    /// An id as this dialect takes it: other makers' ids hold characters that are refused here. What is replaced keeps
    /// its code, so that different ids stay different.
    static func id(_ id: String) -> String {
        if id.isEmpty { return "call" }
        if id.utf8.allSatisfy(isPlain) { return id }
        return id.utf8.reduce(into: "") { spelled, byte in
            if isPlain(byte) {
                spelled.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                spelled += "_" + String(byte, radix: 16)
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
