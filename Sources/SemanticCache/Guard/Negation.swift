/// One negation of a text, as the guard compares it.
struct Negation: Sendable, Equatable {
    /// The stem of the content word that it touches, or 0.
    let focus: UInt32
    /// It says that the asker cannot do something ("I can't find"), which is a way to ask how.
    let isInability: Bool
    /// It says that the asker does not know something ("I don't know how"), which is a way to ask it.
    let isIgnorance: Bool
}
