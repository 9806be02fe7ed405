package import GatewayCore

/// What is known of a mirrored entry besides its vector.
package struct IndexRow: Sendable {
    package let id: EntryID
    /// Of the stored question, ready to be compared.
    package let features: GuardFeatures
    package let expires: UnixTime
    /// Which answers count as its own.
    package let group: UInt64
}
