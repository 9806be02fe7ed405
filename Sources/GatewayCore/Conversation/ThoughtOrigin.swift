/// Whose proof a signature of a thought is. Clients hand signatures back unread, at times to another provider, which
/// refuses the whole request for one that is not its own: so those of other makers than Anthropic begin with a mark.
package enum ThoughtOrigin: String, Sendable, CaseIterable {
    case gemini = "gemini:"
    /// OpenAI's `encrypted_content`, with the id of its item.
    case openAI = "openai:"

    /// The signature as clients get it.
    package func mark(_ signature: String) -> String { rawValue + signature }

    /// The provider's own form of a signature; nil for one of another origin.
    package func unmark(_ signature: String) -> String? {
        signature.hasPrefix(rawValue) ? String(signature.dropFirst(rawValue.count)) : nil
    }

    /// Nil for a signature without a mark, such as those of Anthropic.
    package static func of(_ signature: String) -> ThoughtOrigin? {
        allCases.first { signature.hasPrefix($0.rawValue) }
    }
}
