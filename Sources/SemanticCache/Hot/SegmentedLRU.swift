import GatewayCore

/// Answers in memory in two segments, each in the order of use: new ones are on probation, those asked for again are
/// protected, and what no longer fits among the protected goes back on probation. A pure value.
///
/// After R. Karedla, J. S. Love and B. G. Wherry, "Caching Strategies to Improve Disk System Performance", 1994.
struct SegmentedLRU {
    /// What is held of one answer.
    struct Resident {
        let key: HotKey
        /// Of the key, for its frequency.
        let digest: UInt64
        let bytes: Int
        var entry: StoredEntry
        /// Taken before the store was last asked for it.
        var checked: ContinuousClock.Instant
    }

    private struct Slot {
        /// Nil while the slot is free.
        var resident: Resident?
        var segment = Segment.probation
        /// Towards the more recently used.
        var newer = none
        /// Towards the less recently used.
        var older = none
    }

    private enum Segment: Int {
        case probation
        case protected
    }

    private struct Chain {
        var newest = none
        var oldest = none
        var bytes = 0
    }

    /// Bytes of a resident beside its texts and answer: its slot, its share of the table, and the allocations of id,
    /// partition, answer and texts with their headers.
    static let overhead = MemoryLayout<Slot>.stride + 384
    private static let none = -1

    private let protectedLimit: Int
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var table: [HotKey: Int] = [:]
    private var chains = [Chain(), Chain()]

    /// - Parameter byteLimit: of which four fifths are for what was asked for again.
    init(byteLimit: Int) {
        protectedLimit = byteLimit / 5 * 4
    }

    var count: Int { table.count }

    /// What the residents take, by estimate.
    var byteCount: Int { chains[0].bytes + chains[1].bytes }

    /// The place of a key.
    func place(of key: HotKey) -> Int? { table[key] }

    func resident(at place: Int) -> Resident? { slots[place].resident }

    /// Notes that a resident was asked for.
    mutating func use(_ place: Int) {
        unlink(place)
        link(place, to: .protected)
        while chains[Segment.protected.rawValue].bytes > protectedLimit {
            let oldest = chains[Segment.protected.rawValue].oldest
            unlink(oldest)
            link(oldest, to: .probation)
        }
    }

    /// Exchanges a resident's answer for one of the same size.
    mutating func renew(_ place: Int, _ entry: StoredEntry, checked: ContinuousClock.Instant) {
        slots[place].resident?.entry = entry
        slots[place].resident?.checked = checked
    }

    /// Adds an answer that is not there, on probation. Makes no room by itself.
    mutating func insert(_ resident: Resident) {
        let place: Int
        if let reused = free.popLast() {
            place = reused
        } else {
            place = slots.count
            slots.append(Slot())
        }
        slots[place].resident = resident
        table[resident.key] = place
        link(place, to: .probation)
    }

    mutating func remove(_ place: Int) {
        guard let key = slots[place].resident?.key else { return }
        unlink(place)
        table[key] = nil
        slots[place].resident = nil
        free.append(place)
    }

    /// Who goes first when room is needed.
    var firstVictim: Int? {
        let (probation, protected) = (chains[0].oldest, chains[1].oldest)
        return probation != Self.none ? probation : protected != Self.none ? protected : nil
    }

    /// Who goes after a victim.
    func victim(after place: Int) -> Int? {
        if slots[place].newer != Self.none { return slots[place].newer }
        let protected = chains[Segment.protected.rawValue].oldest
        return slots[place].segment == .probation && protected != Self.none ? protected : nil
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older, segment) = (slots[place].newer, slots[place].older, slots[place].segment.rawValue)
        if newer == Self.none { chains[segment].newest = older } else { slots[newer].older = older }
        if older == Self.none { chains[segment].oldest = newer } else { slots[older].newer = newer }
        chains[segment].bytes -= slots[place].resident?.bytes ?? 0
    }

    /// Adds a place as the most recently used of a segment.
    private mutating func link(_ place: Int, to segment: Segment) {
        let newest = chains[segment.rawValue].newest
        slots[place].segment = segment
        slots[place].newer = Self.none
        slots[place].older = newest
        if newest == Self.none { chains[segment.rawValue].oldest = place } else { slots[newest].newer = place }
        chains[segment.rawValue].newest = place
        chains[segment.rawValue].bytes += slots[place].resident?.bytes ?? 0
    }
}
