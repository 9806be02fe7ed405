/// The letter cases of one part of a word, counted.
struct WordPart {
    private var letters = 0
    private var capitals = 0
    private var startsWithCapital = false

    /// Takes the next character; an apostrophe counts for nothing.
    mutating func add(_ traits: CharacterTraits) {
        guard traits.meets(.letter) else { return }
        if traits.meets(.upper) {
            if letters == 0 { startsWithCapital = true }
            capitals += 1
        }
        letters += 1
    }

    func isFoldable(shouted: Bool) -> Bool {
        if capitals == 0 { return true }
        guard letters >= 2 else { return false }
        return capitals == 1 && startsWithCapital || shouted && capitals == letters
    }
}
