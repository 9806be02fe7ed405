package import GatewayCore

/// How a question hangs together with what was said before it.
package enum TurnKind: Sendable, Equatable {
    /// It can be understood alone.
    case selfContained
    /// It cannot, or nobody can tell.
    case contextDependent(CacheabilityReason)
    /// It follows what a tool has said.
    case toolDependent
}

extension TurnKind {
    /// The kind of a question that stands inside a conversation, by words alone. In doubt it depends on what was said:
    /// that costs hits and never makes a wrong one. Pure; some microseconds, and no allocation for short texts.
    package static func of(_ question: String) -> TurnKind {
        WordText.withWords(of: question.utf8.span) { words in
            if TurnLexicon.opens(words) { return .contextDependent(.opener) }
            var referents = 0
            var isKnown = false
            TurnLexicon.automaton.scan(words) { index in
                switch TurnLexicon.signs[index] {
                case .referent: referents += 1
                case .noReferent: referents -= 1
                case .language: isKnown = true
                }
            }
            if referents > 0 { return .contextDependent(.referent) }
            if count(of: words) < shortest { return .contextDependent(.ellipsis) }
            return isKnown ? .selfContained : .contextDependent(.unknownLanguage)
        }
    }

    /// Fewer words are seldom a whole question ("in French please").
    private static let shortest = 4

    private static func count(of words: Span<UInt8>) -> Int {
        var spaces = 0
        for index in words.indices where words[index] == UInt8(ascii: " ") { spaces += 1 }
        return spaces - 1
    }
}
