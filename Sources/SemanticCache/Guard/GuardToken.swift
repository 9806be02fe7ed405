/// One piece of a text as the scanner hands it on.
struct GuardToken {
    enum Kind: UInt8 {
        case word, number, boundary, identifier
    }

    var kind: Kind
    var role = WordRole()
    /// The stem's hash of a word, 0 otherwise.
    var stem: UInt32 = 0
    /// Where the word stands in the prepared text.
    var range = 0..<0
    /// It begins with a capital letter.
    var isCapitalised = false
    /// It is part of a contrast.
    var isMarked = false
    /// The amount of a number that is written in digits.
    var quantity = Quantity(mantissa: 0, exponent: 0)
    /// The word was taken up by a number: a unit or a numeral.
    var isConsumed = false

    /// A word that carries meaning: neither grammar, nor a negator, nor part of a number.
    var isContent: Bool { kind == .word && !role.isFunction && role.negator == .none && !isConsumed && stem != 0 }

    /// "and" between the parts of a number.
    var joinsNumerals: Bool { role.mark == .and }
    /// "pm".
    var isEvening: Bool { role.mark == .evening }

    static let boundary = GuardToken(kind: .boundary)
    static let identifier = GuardToken(kind: .identifier)
}
