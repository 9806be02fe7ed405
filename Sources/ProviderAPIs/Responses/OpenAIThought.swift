internal import GatewayCore

/// A reasoning item of OpenAI as the signature of a thought: its id and its `encrypted_content`.
struct OpenAIThought: Equatable {
    var id: String
    var encrypted: String

    init(id: String, encrypted: String) {
        self.id = id
        self.encrypted = encrypted
    }

    /// Nil for a signature of another provider.
    init?(signature: String) {
        guard let own = ThoughtOrigin.openAI.unmark(signature), let colon = own.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        id = String(own[..<colon])
        encrypted = String(own[own.utf8.index(after: colon)...])
    }

    var signature: String { ThoughtOrigin.openAI.mark("\(id):\(encrypted)") }
}
