/// What a `tokenizer.json` of the BERT family says, as far as it decides on tokens. Its own truncation and padding are
/// ignored: the length comes from the configuration.
package struct TokenizerModel: Sendable {
    /// A token that stands for itself and is matched before the text is normalised.
    struct SpecialToken: Sendable {
        let content: [UInt8]
        let id: Int32
    }

    /// Remove control characters, make all white space alike.
    var cleansText: Bool
    /// Treat each ideograph as a word.
    var separatesIdeographs: Bool
    /// Remove accents, which needs canonical decomposition first.
    var stripsAccents: Bool
    var lowercases: Bool
    /// Longer words, counted in scalars after normalisation, become the unknown token.
    var longestWord: Int
    var vocabulary: Vocabulary
    var specialTokens: [SpecialToken]
    var classificationID: Int32
    var separatorID: Int32
    var unknownID: Int32
    /// The highest id in use.
    var highestID: Int32
}
