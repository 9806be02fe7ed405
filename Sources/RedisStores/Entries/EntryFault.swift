/// Why something that stands where an entry could is passed over. The raw value is a metric label.
package enum EntryFault: String, Error, Sendable, CaseIterable {
    /// Of a former layout, or of a later one.
    case version
    /// Cut, changed, or copied from another place.
    case damaged
    /// Sealed with a key that is not known here, or not sealed though its tenant's entries are.
    case seal
    /// No hash at all: somebody else's key.
    case foreign
    /// With a vector that is no direction in the encoder's space.
    case vector
    /// Without the answer that it shares with others: Redis has evicted that.
    case incomplete
}
