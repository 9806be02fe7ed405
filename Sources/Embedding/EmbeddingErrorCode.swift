/// The kinds of failure of an embedding. The raw value is the label of the error metric.
package enum EmbeddingErrorCode: String, Sendable, CaseIterable {
    /// A file of the model is not there.
    case modelMissing = "model_missing"
    /// A file of the model is not what it must be.
    case modelInvalid = "model_invalid"
    /// The configuration cannot work.
    case invalidConfiguration = "invalid_configuration"
    /// The text has more tokens than the model reads, and the configuration says to refuse such texts.
    case textTooLong = "text_too_long"
    /// As many texts wait as may wait.
    case overloaded
    /// The remote service did not answer in time.
    case timeout
    /// The remote service could not be reached, or failed.
    case remoteFailed = "remote_failed"
    /// The remote service refused the request, and would refuse it again.
    case remoteRefused = "remote_refused"
    /// The remote service's answer is not usable.
    case remoteInvalid = "remote_invalid"
    /// It is not known that the encoder's vectors are those its name stands for, or known that they are not.
    case unproven
    /// The caller gave up.
    case cancelled
    /// The embedder is shutting down.
    case closed
}
