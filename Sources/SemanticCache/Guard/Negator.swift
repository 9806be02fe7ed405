/// How a word negates.
enum Negator: UInt8, Sendable {
    case none
    /// Always one negation: never, without, nicht, sin.
    case plain
    /// "not".
    case not
    /// An auxiliary with n't: "don't". Before its pronoun at a sentence's start it is a polite form.
    case auxiliary
    /// "can't", "cannot", "couldn't".
    case inability
    /// "unable": as `inability`, with a form of "be" before it.
    case unable
    /// "no": an article, an answer, or short for number.
    case no
    /// "neither", whose "nor" adds nothing.
    case neither
    /// French "ne" or Spanish "no": takes the second half of the negation with it.
    case opener
    /// The second half of a French or Spanish negation, one negation by itself: pas, nada.
    case secondHalf
    /// Half of a negation that means nothing alone: French "plus", "personne".
    case onlyHalf
}
