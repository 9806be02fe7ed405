/// The last values of a kind, kept in order of size too, so that a quantile is one look.
struct RecentValues: Sendable {
    private let capacity: Int
    private var ring: [Int32] = []
    private var sorted: [Int32] = []
    private var position = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { ring.count }

    /// Adds a value in place of the oldest. Values beyond 32 bits are held as the largest.
    mutating func add(_ value: Int) {
        let value = Int32(clamping: value)
        if ring.count < capacity {
            ring.append(value)
        } else {
            sorted.remove(at: place(of: ring[position]))
            ring[position] = value
            position = (position + 1) % capacity
        }
        sorted.insert(value, at: place(of: value))
    }

    /// The smallest value that at least `percent` of all do not exceed; nil without values.
    func quantile(percent: Int) -> Int? {
        guard !sorted.isEmpty else { return nil }
        let rank = (sorted.count * percent + 99) / 100
        return Int(sorted[min(max(rank - 1, 0), sorted.count - 1)])
    }

    /// The first place whose value is not less.
    private func place(of value: Int32) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
