/// Bounds what one tenant may teach of a target that others use too.
struct TenantCap: Sendable {
    /// The largest part of all that is said of a target; 1 where nobody is to be protected.
    let share: Double

    /// So many judgments of a target any tenant may weigh, or nothing would ever be learned from the first one.
    static let allowance = 20.0

    /// - Parameter tenants: how many there are. No share is less than twice an equal one, as tenants ask unequally
    ///   often; of two or three no one has more than two thirds for that.
    init(share: Double, tenants: Int) {
        let least = min(2 / Double(max(tenants, 1)), 2.0 / 3)
        self.share = tenants > 1 && share < 1 ? max(share, least) : 1
    }

    /// How much of one more judgment counts: with it the tenant has its allowance or its share of all, at most.
    func weight(own: Double, all: Double) -> Double {
        if share >= 1 { return 1 }
        // own + w ≤ share × (all + w).
        let room = max(Self.allowance - own, (share * all - own) / (1 - share))
        return min(max(room, 0), 1)
    }
}
