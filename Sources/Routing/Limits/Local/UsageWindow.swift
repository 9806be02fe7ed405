/// The use of one deployment or scope, counted as the Redis scripts count it. Pure: time is handed in, as milliseconds.
///
/// A minute is 61 slots of one second with running totals: the current one, and the 60 before it counted whole. So the
/// total is never less than what was used in the last 60 seconds, and at most one second's use more.
struct UsageWindow: Sendable {
    /// One second of use, under the number of that second; what stands under another number than asked for is over.
    private struct Slot {
        var second = -1
        var amounts = SIMD4<Double>()
    }

    private var slots: [Slot] = []
    private var window = LimitWindow.sliding
    /// When `totals` was right.
    private var updated = 0.0
    /// In the last 61 seconds; for a bucket what is missing from it.
    private(set) var totals = SIMD4<Double>()
    private var day = -1.0
    private var dayTotals = SIMD2<Double>()
    var truth: ProviderStanding?

    static let slotCount = 61
    private static let memory = 60

    init(now: Double) { updated = now }

    static func second(_ now: Double) -> Int { Int((now / 1000).rounded(.down)) }

    /// Brings the totals to `now`, under the limits as they are now.
    mutating func roll(to now: Double, _ limits: Limits) {
        if limits.countDays {
            let today = Self.day(now, limits)
            if day != today { (day, dayTotals) = (today, SIMD2()) }
        }
        let second = Self.second(now)
        let last = Self.second(updated)
        switch limits.window {
        case .bucket:
            drain(to: now, limits, isBack: second - last < -Self.memory)
        case .sliding where window == .bucket:
            recount(second)
        case .sliding where abs(second - last) > Self.memory:
            totals = SIMD4()
        case .sliding where second > last:
            for expired in (last - Self.memory)..<(second - Self.memory) { totals -= amounts(in: expired) }
        case .sliding: break
        }
        let isNew = limits.window == .sliding && (window == .bucket || abs(second - last) > Self.memory)
        if isNew || now > updated || second - last < -Self.memory { updated = now }
        window = limits.window
    }

    /// Rolls a sliding minute once a second, so that not every look at it has to. A bucket is drained only together
    /// with a change: many small steps would round more often than one.
    mutating func slide(to now: Double, _ limits: Limits) {
        let gone = Self.second(now) - Self.second(updated)
        let isCurrent = gone <= 0 && gone >= -Self.memory && window == .sliding
        if limits.window == .sliding, !isCurrent { roll(to: now, limits) }
    }

    private mutating func drain(to now: Double, _ limits: Limits, isBack: Bool) {
        let elapsed = max(0, now - updated)
        for dimension in LimitDimension.allCases where !dimension.isDaily {
            let index = dimension.rawValue
            guard let limit = limits[dimension], !isBack else {
                totals[index] = 0
                continue
            }
            totals[index] = max(0, totals[index] - Double(limit) / 60_000 * elapsed)
        }
    }

    /// After the way of counting changed: the slots know.
    private mutating func recount(_ second: Int) {
        totals = SIMD4()
        for past in (second - Self.memory)...second { totals += amounts(in: past) }
    }

    /// What was used in one of the last 61 seconds.
    func amounts(in second: Int) -> SIMD4<Double> {
        guard second >= 0, !slots.isEmpty else { return SIMD4() }
        let slot = slots[second % Self.slotCount]
        return slot.second == second ? slot.amounts : SIMD4()
    }

    /// What counts against the limit of a dimension.
    func used(_ dimension: LimitDimension) -> Double {
        dimension.isDaily ? dayTotals[dimension.rawValue - 4] : totals[dimension.rawValue]
    }

    /// Adds a call's cost at `now`. The window must have been rolled to it.
    mutating func add(_ cost: UsageCost, now: Double, _ limits: Limits) {
        totals += cost.minute
        add(cost.minute, toSecond: Self.second(now))
        if limits.countDays { dayTotals += cost.day }
    }

    /// Corrects what was reserved in `second` by `delta`. What is over by now is not given back; what was too little
    /// counts from now.
    mutating func correct(_ delta: UsageCost, reservedIn second: Int, now: Double, _ limits: Limits) {
        let current = Self.second(now)
        let isOver = current - second > Self.memory || slots.isEmpty || slots[second % Self.slotCount].second != second
        let change = isOver ? delta.overrun.minute : delta.minute
        add(change, toSecond: isOver ? current : second)
        totals += change
        totals = totals.replacing(with: 0, where: totals .< 0)
        if limits.countDays {
            let isToday = Self.day(Double(second) * 1000, limits) == day
            dayTotals += isToday ? delta.day : delta.overrun.day
            dayTotals = dayTotals.replacing(with: 0, where: dayTotals .< 0)
        }
        truth?.take(delta.overrun, at: now)
    }

    private mutating func add(_ amounts: SIMD4<Double>, toSecond second: Int) {
        guard second >= 0 else { return }
        if slots.isEmpty { slots = Array(repeating: Slot(), count: Self.slotCount) }
        let index = second % Self.slotCount
        if slots[index].second != second { slots[index] = Slot(second: second) }
        slots[index].amounts += amounts
    }

    /// Raises the use so that no more than `remaining` is left of a bucket's limit.
    mutating func leave(_ remaining: Double, of limit: Double, in dimension: LimitDimension) {
        totals[dimension.rawValue] = max(totals[dimension.rawValue], limit - remaining)
    }

    /// What was reserved in `second` and since.
    func reserved(since second: Int, now: Double) -> SIMD4<Double> {
        let current = Self.second(now)
        var sum = SIMD4<Double>()
        for past in max(second, current - Self.memory)...max(second, current) { sum += amounts(in: past) }
        return sum
    }

    /// Whether nothing of it matters any more.
    func isIdle(at now: Double) -> Bool {
        // A bucket that was overdrawn takes longer than a minute to fill.
        let memory = window == .bucket ? 3_600_000 : Double(Self.slotCount) * 1000
        return now - updated > memory && day * 86_400_000 + 2 * 86_400_000 < now
            && !(truth?.isWorthKeeping(at: now) ?? false)
    }

    /// The number of the day that `now` is in, as the limits count days.
    static func day(_ now: Double, _ limits: Limits) -> Double {
        ((now / 1000 - limits.dayStartSeconds(at: now)) / 86_400).rounded(.down)
    }

    /// When that day ends.
    static func dayEnd(_ now: Double, _ limits: Limits) -> Double {
        ((day(now, limits) + 1) * 86_400 + limits.dayStartSeconds(at: now) + limits.dayShiftSeconds(at: now)) * 1000
    }
}
