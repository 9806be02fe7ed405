/// Lets stored answers be found by similar questions.
package protocol EntryPromoting: Sendable {
    /// Adds the vector of an entry, with its question or what is compared of that, to what stands under its id, and
    /// tells the change log.
    /// - Returns: false, and nothing is changed, when that is gone, another answer by now, or found already: what was
    ///   deleted stays deleted.
    func promote(_ entry: StoredEntry) async throws(CacheStoreError) -> Bool
}
