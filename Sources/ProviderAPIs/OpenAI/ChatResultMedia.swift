internal import GatewayCore

/// Pictures and files in results of tools: a result is text in this dialect, so they follow behind the results of a
/// turn, in the user's name.
struct ChatResultMedia {
    private var parts: [ContentPart] = []

    /// Notes what the results in a message have beside text.
    mutating func add(_ message: Message) {
        for part in message.parts {
            guard case .toolResult(let result) = part.content else { continue }
            let media = result.parts.filter(\.isMedia)
            if media.isEmpty { continue }
            parts.append(.text("Of the result of \(result.callID):"))
            parts += media
        }
    }

    /// The message that holds what was noted since the last time; nil for nothing.
    mutating func taken() -> Message? {
        defer { parts = [] }
        return parts.isEmpty ? nil : Message(.user, parts)
    }
}

extension ContentPart {
    /// Whether it is something else than text in a result.
    var isMedia: Bool {
        switch content {
        case .image, .audio, .file: true
        default: false
        }
    }
}
