internal import GatewayCore

/// What a client tries out of Claude's API, as Amazon wants it: names in the body, where its own clients put them, and
/// none in a header.
struct BedrockBetas {
    /// Of `additionalModelRequestFields`.
    static let member = "anthropic_beta"

    /// Its value; nil where nothing is tried out.
    let json: JSONText?
    /// Whether all that the client's header names is in it.
    let holdsHeader: Bool

    /// Those that need no tool and no member besides. Amazon refuses a request with a name that it does not know, and
    /// clients of Anthropic's name many.
    private static let known: Set<String> = [
        "context-1m-2025-08-07", "dev-full-thinking-2025-05-14", "interleaved-thinking-2025-05-14",
        "output-128k-2025-02-19", "token-efficient-tools-2025-02-19",
    ]

    init(_ conversation: Conversation) {
        let own = conversation.extras.last { $0.name == Self.member }?.value
        let named = (conversation.betas ?? "").split(separator: ",").map { name in name.filter { !$0.isWhitespace } }
        let taken = named.filter(Self.known.contains)
        holdsHeader = taken.count == named.count
        guard !taken.isEmpty else {
            json = own
            return
        }
        var names = own?.element?.elements.compactMap(\.string) ?? []
        for name in taken where !names.contains(name) { names.append(name) }
        var writer = JSONWriter(capacity: 128)
        writer.array { json in for name in names { json.string(name) } }
        json = JSONText(valid: writer.bytes)
    }
}
