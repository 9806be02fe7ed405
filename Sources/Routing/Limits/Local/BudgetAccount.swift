/// Money spent and reserved in one period of one scope. Pure: time is handed in, as milliseconds since 1970.
struct BudgetAccount: Sendable {
    private(set) var spent = 0
    private(set) var reserved = 0
    /// Reservations that are neither settled nor over.
    private var open: [LeaseID: (nanodollars: Int, expires: Double)] = [:]
    /// No reservation ends before.
    private var earliestExpiry = Double.infinity
    private var end: Double
    /// What the whole fleet had committed when this was last heard of.
    private(set) var known = 0

    init(_ period: HardBudget.Period, now: Double) {
        end = BudgetCalendar.end(of: period, at: now)
    }

    var committed: Int { Self.sum(spent, reserved) }

    /// Starts a new period, and gives back what was reserved by those who never settled.
    mutating func advance(to now: Double, _ period: HardBudget.Period) {
        if now >= end {
            spent = 0
            known = reserved
            end = BudgetCalendar.end(of: period, at: now)
        }
        guard now >= earliestExpiry else { return }
        for (lease, entry) in open where entry.expires <= now {
            reserved = max(0, reserved - entry.nanodollars)
            open[lease] = nil
        }
        earliestExpiry = open.values.map(\.expires).min() ?? .infinity
    }

    mutating func reserve(_ nanodollars: Int, for lease: LeaseID, until expiry: Double) {
        guard open.updateValue((nanodollars, expiry), forKey: lease) == nil else { return }
        reserved = Self.sum(reserved, nanodollars)
        earliestExpiry = min(earliestExpiry, expiry)
    }

    /// Keeps reserved what still is.
    mutating func renew(_ lease: LeaseID, until expiry: Double) {
        guard let entry = open[lease] else { return }
        open[lease] = (entry.nanodollars, max(entry.expires, expiry))
    }

    /// Replaces what was reserved, if that is still so, by what was spent.
    mutating func settle(_ nanodollars: Int, of lease: LeaseID) {
        if let entry = open.removeValue(forKey: lease) { reserved = max(0, reserved - entry.nanodollars) }
        spent = Self.sum(spent, nanodollars)
    }

    /// Takes over what the fleet has committed so far.
    mutating func learn(committed: Int) {
        spent = max(0, committed - reserved)
        known = committed
    }

    /// Saturates: amounts come from outside.
    private static func sum(_ one: Int, _ other: Int) -> Int { min(one + other, Limits.largestAmount) }

    /// When the period ends; infinite for never.
    func wait(at now: Double) -> Double { end - now }
}
