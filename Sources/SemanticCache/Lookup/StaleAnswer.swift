package import GatewayCore

/// An answer past its life that would serve. It is looked up again when it is to be served.
package struct StaleAnswer: Sendable, Equatable {
    package let entry: EntryID
    /// Behind which wall it stands.
    package let partition: PartitionID
    /// Cosine to the stored question; nil for exactly the same request.
    package let similarity: Float?
}
