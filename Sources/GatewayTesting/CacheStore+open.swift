package import GatewayCore
package import SemanticCache

extension CacheStore {
    /// An entry of the tenant that all sample entries are of.
    package func load(_ entry: EntryID, in partition: PartitionID) async throws(CacheStoreError) -> StoredEntry? {
        try await load(entry, in: partition, of: .open)
    }
}
