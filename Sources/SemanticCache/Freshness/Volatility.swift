import GatewayCore

/// How fast that changes which a question is about, as far as its words tell.
enum Volatility: Sendable, Comparable {
    /// Not said.
    case lasting
    case daily
    case momentary

    /// The fastest of what the question names. One pass over its words.
    init(of question: String?) {
        guard let question else {
            self = .lasting
            return
        }
        var found = Volatility.lasting
        let words = WordText.words(of: Self.folded(question).utf8)
        VolatileWords.automaton.scan(words.span) { found = max(found, VolatileWords.classes[$0]) }
        self = found
    }

    /// In lower case, without the marks in front of Spanish questions; ``WordText`` does that for ASCII only.
    private static func folded(_ question: String) -> String {
        if question.utf8.allSatisfy({ $0 < 0x80 }) { return question }
        var folded = String.UnicodeScalarView()
        for scalar in question.lowercased().unicodeScalars {
            folded.append(scalar == "\u{BF}" || scalar == "\u{A1}" ? " " : scalar)
        }
        return String(folded)
    }
}
