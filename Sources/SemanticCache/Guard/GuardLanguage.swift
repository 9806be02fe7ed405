/// What the guard knows of one language, as tables of words. To add a language, write one file with such a value and
/// name it in ``all``; docs/decisions/0023 says how to go about it.
///
/// A line is one set of contrasts. Its members stand between bars and the words of one member between blanks:
/// `buy purchase | sell`. In `entities` members stand between blanks and the names of one thing are joined by `=`:
/// `usa=america germany`. A word stands for all its inflected forms that the stemmer knows; `decreas*` stands for all
/// words that begin so; `at_least` for words in this order, `turn~off` for two words with up to five between them.
struct GuardLanguage: Sendable {
    let language: LanguageSet
    /// Opposites that mean themselves wherever they stand.
    let opposites: String
    /// Opposites that count only where nothing else differs.
    let slotOpposites: String
    /// Two views of one deed, which swap with who does it.
    let converses: String
    let quantifiers: String
    let entities: String
    let askings: String
    let referents: String
    let times: String
    let formats: String
    /// Words in front of where something comes from, and of where it goes to.
    let fromWords: String
    let toWords: String
    /// Words that join equals, on whose sides things may be exchanged: and, or, with.
    let joiningWords: String
    /// Everyday words without a role of their own: what is missing here, and in all other tables, counts as a name.
    let vocabulary: String

    static let all: [GuardLanguage] = [.english, .german, .french, .spanish]

    /// The tables of contrasts by their kind.
    var contrasts: [(kind: ContrastKind, text: String)] {
        [
            (.opposite, opposites), (.slotOpposite, slotOpposites),
            (.converse, converses), (.quantifier, quantifiers), (.entity, entities),
            (.asking, askings), (.referent, referents), (.time, times), (.format, formats),
        ]
    }
}
