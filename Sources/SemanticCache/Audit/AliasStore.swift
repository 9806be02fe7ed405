package import GatewayCore

/// Where questions become other names of an entry. What ``CacheStore/load(_:in:of:)`` finds under an alias is the entry
/// it stands for, under that entry's id; nothing when the entry has ended in whatever way.
package protocol AliasStore: Sendable {
    /// Makes the alias and tells the change log. Does nothing when the entry is not there any more, is another one by
    /// now, is an alias itself or is kept from certain questions by who wrote it, nor when the question has an answer
    /// of its own. Another alias gives way, and so does this one to every answer that is stored later.
    /// - Returns: whether it was made.
    func promote(_ alias: EntryAlias, of tenant: TenantID) async throws(CacheStoreError) -> Bool
}
