import GatewayCore

/// Recent texts and their vectors within a number of bytes; the least recently used goes first. A pure value.
struct EmbeddingMemo {
    /// Bytes an entry takes beside its text and vector: the slot, the table's share and two allocations' headers.
    static let overhead = 192

    private struct Slot {
        var key: TextKey
        var vector: EmbeddingVector
        /// Towards the more recently used.
        var newer: Int
        /// Towards the less recently used.
        var older: Int
    }

    private static let none = -1

    private let byteLimit: Int
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var table: [TextKey: Int] = [:]
    private var newest = none
    private var oldest = none
    /// What the entries take, by estimate.
    private(set) var byteCount = 0

    /// - Parameter byteLimit: zero or less keeps nothing.
    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    var count: Int { table.count }

    /// The vector of a text, which thereby becomes the most recently used.
    mutating func find(_ key: TextKey) -> EmbeddingVector? {
        guard let index = table[key] else { return nil }
        if index != newest {
            unlink(index)
            linkAsNewest(index)
        }
        return slots[index].vector
    }

    /// Keeps a vector, if it fits at all, and forgets as many old ones as it takes.
    mutating func insert(_ key: TextKey, _ vector: EmbeddingVector) {
        let size = Self.size(key, vector)
        guard size <= byteLimit, table[key] == nil else { return }
        while byteCount > byteLimit - size, oldest != Self.none { remove(oldest) }
        let slot = Slot(key: key, vector: vector, newer: Self.none, older: Self.none)
        let index: Int
        if let reused = free.popLast() {
            slots[reused] = slot
            index = reused
        } else {
            index = slots.count
            slots.append(slot)
        }
        table[key] = index
        byteCount += size
        linkAsNewest(index)
    }

    static func size(_ key: TextKey, _ vector: EmbeddingVector) -> Int {
        key.text.utf8.count + vector.dimension * MemoryLayout<Float>.stride + overhead
    }

    private mutating func remove(_ index: Int) {
        let slot = slots[index]
        unlink(index)
        table[slot.key] = nil
        byteCount -= Self.size(slot.key, slot.vector)
        // The slot is kept for the next entry, but not its text and vector.
        slots[index].key = TextKey(text: "")
        slots[index].vector = EmbeddingVector(unit: [])
        free.append(index)
    }

    private mutating func unlink(_ index: Int) {
        let (newer, older) = (slots[index].newer, slots[index].older)
        if newer == Self.none { newest = older } else { slots[newer].older = older }
        if older == Self.none { oldest = newer } else { slots[older].newer = newer }
    }

    private mutating func linkAsNewest(_ index: Int) {
        slots[index].newer = Self.none
        slots[index].older = newest
        if newest != Self.none { slots[newest].newer = index }
        newest = index
        if oldest == Self.none { oldest = index }
    }
}
