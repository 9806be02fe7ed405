/// A number of entries and the exclusive or of the first halves of their ids: equal where the same entries stand, and
/// as good as never where others do.
package struct IndexSum: Sendable, Equatable {
    private var count: Int
    private var ids: UInt64

    package init(count: Int = 0, ids: UInt64 = 0) {
        self.count = count
        self.ids = ids
    }

    mutating func add(_ key: EntryKey) {
        count += 1
        ids ^= key.front
    }

    mutating func add(_ other: IndexSum) {
        count += other.count
        ids ^= other.ids
    }
}
