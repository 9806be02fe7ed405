/// Which row an entry has, in 9 to 12 bytes an entry: a hash table of rows that leaves the keys where they stand
/// anyway, in the chunks. Whoever asks says whether a row is the key's.
///
/// Open addressing with linear probing. A slot holds 32 bits of the key's hash above the row's number plus one; zero is
/// an empty slot. Slots are in the order of the hashes, so that a larger table is written from front to back without
/// looking at a key.
struct PlaceTable {
    private var slots: [UInt64] = []
    private(set) var count = 0

    /// A quarter more, whenever more than seven eighths are taken: then at least seven tenths are.
    private static let smallest = 4

    /// The number of the row that `isKey` accepts, among those whose keys have this hash; nil when there is none.
    func place(of hash: UInt32, where isKey: (UInt32) -> Bool) -> UInt32? {
        slot(of: hash, where: isKey).map { Self.place(slots[$0]) }
    }

    /// Notes a row; one that is noted and that `isKey` accepts is replaced.
    mutating func set(_ place: UInt32, for hash: UInt32, where isKey: (UInt32) -> Bool) {
        precondition(place < .max, "a place is less than 2^32 - 1")
        let entry = UInt64(hash) << 32 | UInt64(place + 1)
        if let slot = slot(of: hash, where: isKey) {
            slots[slot] = entry
            return
        }
        if (count + 1) * 8 > slots.count * 7 { grow() }
        insert(entry)
        count += 1
    }

    /// Forgets the row that `isKey` accepts; nothing happens when there is none.
    mutating func remove(_ hash: UInt32, where isKey: (UInt32) -> Bool) {
        guard var hole = slot(of: hash, where: isKey) else { return }
        // What stands behind moves up unless that would put it before its home: so a search may end at an empty slot.
        var next = following(hole)
        while slots[next] != 0 {
            if distance(home(slots[next]), next) >= distance(hole, next) {
                slots[hole] = slots[next]
                hole = next
            }
            next = following(next)
        }
        slots[hole] = 0
        count -= 1
    }

    /// Of all entries, in no order that matters.
    var places: [UInt32] { slots.lazy.filter { $0 != 0 }.map(Self.place) }

    private static func place(_ entry: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: entry) - 1 }

    private func slot(of hash: UInt32, where isKey: (UInt32) -> Bool) -> Int? {
        guard count > 0 else { return nil }
        var slot = home(UInt64(hash) << 32)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == UInt64(hash), isKey(Self.place(slots[slot])) { return slot }
            slot = following(slot)
        }
        return nil
    }

    private mutating func insert(_ entry: UInt64) {
        var slot = home(entry)
        while slots[slot] != 0 { slot = following(slot) }
        slots[slot] = entry
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: max(old.count * 5 / 4 + 1, Self.smallest))
        for entry in old where entry != 0 { insert(entry) }
    }

    private func home(_ entry: UInt64) -> Int { Int(((entry >> 32) * UInt64(slots.count)) >> 32) }

    private func following(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

    /// Steps from one slot to another, around the end.
    private func distance(_ from: Int, _ to: Int) -> Int { to >= from ? to - from : to - from + slots.count }
}
