/// What becomes of a text with more tokens than the model reads.
package enum LongTextRule: String, Sendable, CaseIterable {
    /// Its beginning is embedded, as the reference implementation does.
    case truncate
    /// It gets no vector.
    case refuse
}
