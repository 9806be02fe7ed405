/// A text as the model reads it.
package struct TokenizedText: Sendable, Equatable {
    /// Token ids with [CLS] in front and [SEP] at the end.
    package let ids: [Int32]
    /// Whether the text had more tokens than fit.
    package let isTruncated: Bool
}
