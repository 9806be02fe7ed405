/// By what the rules of a route name a failure.
package enum FailureSign: Hashable, Sendable {
    /// As the provider answered; of an error that came inside an answer the status that says the same.
    case status(Int)
    /// It was waited for in vain.
    case timeout
    /// The connection or the answer broke.
    case broken
}
