/// The attempts under way at one deployment or of one scope. Pure: times are milliseconds.
struct LeaseBook: Sendable {
    private struct Entry {
        let second: Int
        var expires: Double
    }

    private var entries: [LeaseID: Entry] = [:]
    private var nextPrune = 0.0

    /// How long after its end a lease can still be settled: a slow answer is paid for all the same.
    static let grace = 600_000.0

    var isEmpty: Bool { entries.isEmpty }

    /// How many count as under way.
    func live(at now: Double) -> Int { entries.values.count { $0.expires > now } }

    mutating func add(_ lease: LeaseID, second: Int, expires: Double, now: Double) {
        entries[lease] = Entry(second: second, expires: expires)
        guard now >= nextPrune else { return }
        prune(at: now)
    }

    /// Prolongs one that is neither settled nor forgotten, also behind its end: its call is under way, whatever kept
    /// its replica from saying so.
    mutating func renew(_ lease: LeaseID, until expiry: Double) {
        guard let known = entries[lease]?.expires else { return }
        entries[lease]?.expires = max(known, expiry)
    }

    /// Forgets those that nobody can settle any more.
    mutating func prune(at now: Double) {
        entries = entries.filter { $0.value.expires + Self.grace > now }
        nextPrune = now + 1000
    }

    /// The second in which it was reserved; nil when it is settled or forgotten.
    mutating func remove(_ lease: LeaseID) -> Int? { entries.removeValue(forKey: lease)?.second }
}
