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
        let words = WordText.words(of: question.utf8)
        VolatileWords.automaton.scan(words.span) { found = max(found, VolatileWords.classes[$0]) }
        self = found
    }
}
