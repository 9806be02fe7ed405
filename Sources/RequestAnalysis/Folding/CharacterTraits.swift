/// What folding needs to know of one character.
struct CharacterTraits: OptionSet, Sendable {
    let rawValue: UInt16

    /// White space of any kind: blank, tab, line ends, the no-break spaces.
    static let space = CharacterTraits(rawValue: 1 << 0)
    /// A capital with exactly one small letter of one scalar.
    static let upper = CharacterTraits(rawValue: 1 << 1)
    /// A small letter, a letter of a script without case, or a mark that belongs to the letter before it.
    static let lower = CharacterTraits(rawValue: 1 << 2)
    /// Joins letters to one word: don't.
    static let apostrophe = CharacterTraits(rawValue: 1 << 3)
    /// Joins words to one: e-mail.
    static let hyphen = CharacterTraits(rawValue: 1 << 4)
    /// Stands directly before a word without being part of it.
    static let opener = CharacterTraits(rawValue: 1 << 5)
    /// Stands directly behind a word without being part of it.
    static let closer = CharacterTraits(rawValue: 1 << 6)
    static let question = CharacterTraits(rawValue: 1 << 7)
    static let exclamation = CharacterTraits(rawValue: 1 << 8)
    static let stop = CharacterTraits(rawValue: 1 << 9)
    /// Opens a Spanish question or exclamation.
    static let inverted = CharacterTraits(rawValue: 1 << 10)

    static let mood: CharacterTraits = [.question, .exclamation, .stop]
    static let letter: CharacterTraits = [.upper, .lower]

    /// Whether the two sets share a member.
    func meets(_ other: CharacterTraits) -> Bool { rawValue & other.rawValue != 0 }
}
