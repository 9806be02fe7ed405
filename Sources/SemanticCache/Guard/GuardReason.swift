/// Why the structural guard refused a candidate, or doubts it. The raw value is the label in metrics and headers.
package enum GuardReason: String, Sendable, CaseIterable {
    /// A quantity stands on one side only, or differs.
    case number
    /// An order number, address, path, version or piece of code stands on one side only.
    case identifier
    /// The two say the opposite of one another, by a negation on one side.
    case negation
    /// The two say the opposite of one another, by words of opposite meaning.
    case antonym
    /// At least or at most, all or none, more or less.
    case quantifier
    /// The same things in exchanged places: from A to B, from B to A.
    case direction
    /// They name different things: countries, months, makes, or names that no language knows.
    case entity
    /// They ask for different things: when, where, how much, why.
    case asking
    /// They speak of different persons' things: mine, his, theirs.
    case referent
    /// Yesterday or tomorrow, this week or the next.
    case time
    /// They want the answer in different shapes.
    case format
    /// They are written in different languages, or in one that the guard does not know.
    case language
    /// They quote different words.
    case quoted
}
