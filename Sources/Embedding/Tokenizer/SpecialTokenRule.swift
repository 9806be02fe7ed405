/// What a literal `[SEP]`, `[CLS]`, `[MASK]`, `[PAD]` or `[UNK]` in a text is taken for.
package enum SpecialTokenRule: Sendable {
    /// Plain punctuation and letters: a client cannot write the model's control tokens.
    case escape
    /// The control token, as the reference implementation does.
    case recognise
}
