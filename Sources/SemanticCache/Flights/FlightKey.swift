package import GatewayCore

/// Which calls are one: the same question behind the same wall, asked since the same purge.
package struct FlightKey: Sendable, Hashable {
    package let entry: EntryID
    package let partition: PartitionID
    /// The last purge that who asks knows of: what was asked for before it must not answer who asks after it.
    package let generation: Int64

    package init(entry: EntryID, partition: PartitionID, generation: Int64 = 0) {
        self.entry = entry
        self.partition = partition
        self.generation = generation
    }
}
