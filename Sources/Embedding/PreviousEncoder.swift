/// The encoder that was in use before, for as long as what it has stored is to be found. All else is as for the present
/// one.
package struct PreviousEncoder: Sendable, Equatable {
    /// `provider`. Default `local`.
    package var provider: EmbeddingConfiguration.Provider = .local
    /// `model_dir`.
    package var modelDirectory: String = EmbeddingConfiguration().modelDirectory
    /// `max_tokens`: as it was, since another length is another encoder.
    package var maximumTokens: Int = EmbeddingConfiguration().maximumTokens
    /// `long_text`.
    package var longText: LongTextRule = EmbeddingConfiguration().longText
    /// `remote`: required when `provider` is `remote`.
    package var remote: EmbeddingConfiguration.Remote?
    /// `threshold`: the cosine from which on two questions are alike to it.
    package var threshold: Float
    /// `rate`: texts a second that get the present encoder's vectors, by one replica of the fleet; 0: none. Default 50.
    package var rate: Int = 50

    package init(threshold: Float) {
        self.threshold = threshold
    }
}
