internal import GatewayCore
internal import NIOCore

/// What a text quotes. No other dialect has it, so it goes through as a native block of its own behind the text it
/// belongs to, in the form it has in streams.
enum MessagesCitation {
    static let type = "citations_delta"

    static func native(_ citation: JSONElement) -> JSONText {
        var json = JSONWriter()
        json.object {
            $0.member("type", type)
            $0.member("citation", JSONText(citation))
        }
        return JSONText(valid: json.bytes)
    }

    /// The citation in a native block; nil for any other block.
    static func citation(of native: JSONText) -> JSONElement? {
        guard let root = native.element, root["type"]?.string == type else { return nil }
        return root["citation"]
    }
}
