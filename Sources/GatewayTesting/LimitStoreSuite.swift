package import GatewayCore
package import Routing

/// What every store of limits must do, whatever counts for it. Each check throws a ``Failure`` that says what was
/// expected and what was found. Begin each with an empty store.
package struct LimitStoreSuite: Sendable {
    /// A guarantee that does not hold.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    let store: any LimitStore
    private let clock: SettableClock
    private let tell: @Sendable (UnixTime) async throws -> Void
    private let flush: @Sendable () async -> Void

    /// - Parameters:
    ///   - clock: started at ``start``.
    ///   - tell: tells the store of a new time, where it does not read the clock itself.
    ///   - flush: returns when settlements and feedback so far are in the store.
    package init(
        store: any LimitStore, clock: SettableClock,
        tell: @escaping @Sendable (UnixTime) async throws -> Void = { _ in },
        flush: @escaping @Sendable () async -> Void = {}
    ) {
        self.store = store
        self.clock = clock
        self.tell = tell
        self.flush = flush
    }

    /// The 15th of January 2099, 12:00:00.000 UTC: lives of keys that a store reckons from it are not over yet.
    package static let start = UnixTime(milliseconds: 4_072_161_600_000)

    /// The guarantees, by the name that a test shows.
    package enum Guarantee: String, Sendable, CaseIterable, CustomStringConvertible {
        case counts = "A limit is reached exactly, and room comes back when the oldest second is 61 seconds old"
        case tellsWhen = "A refused call has room when it was told, and not a millisecond earlier"
        case neverFits = "A call larger than a limit is told that it never fits"
        case takesNothing = "A refusal counts nothing, in no scope and at no deployment"
        case everyScope = "Every scope must have room, and the one that lasts longest is named"
        case followsLimits = "Limits lowered or raised count from the next decision"
        case givesBack = "What a call did not use is given back where it was reserved"
        case takesOverrun = "What a call used beyond its estimate counts, even beyond the limit"
        case settlesOnce = "A second settlement does nothing"
        case settlesLate = "Settled after its minute, a call gives nothing back, and its overrun counts from then on"
        case releases = "A call that never arrived gives everything back; one refused for its rate keeps its request"
        case leases = "Calls under way are bounded, and a place is free when one is settled or its lease ends"
        case renewals = "A lease that is renewed stays, one that is not frees its place and its money after its life"
        case budgets = "Money is reserved, settled, refused beyond the budget, and told of above 80 %"
        case budgetLeases = "Money of a lease that ended is given back, and its bill still counts once"
        case budgetPeriods = "Budgets start anew with the day and the month, a total one never"
        case cheaper = "A candidate the budget does not reach is passed over for a cheaper one"
        case ownTokens = "A candidate counts its own tokens; scopes need room for the most, and count the chosen one's"
        case firstFit = "The first candidate with room is taken, later tiers only when none before has any"
        case softRatio = "In a tier one under the soft ratio wins over one beyond it"
        case mostHeadroom = "The candidate with the largest share left is taken"
        case twoChoices = "Of two drawn the roomier is taken, and every candidate is drawn"
        case blocks = "A blocked deployment is left alone until the block ends"
        case readings = "What a provider says is left overrides our count until its reset"
        case uncounted = "Reservations a provider cannot have counted are taken off what it says"
        case buckets = "A bucket refills evenly, holds a minute's worth and takes the provider's word for its level"
        case bursts = "A second takes no more than its share times the burst, but at least one call"
        case days = "A day's limit starts anew at the provider's midnight"
        case zones = "A day in a zone has 23 and 25 hours when its clocks are shifted, and its end is told exactly"
        case windowsChange = "Counting another way loses no use"
        case standings = "The caller is told the tightest standing of each limited dimension"

        package var description: String { rawValue }
    }

    package func verify(_ guarantee: Guarantee) async throws {
        switch guarantee {
        case .counts: try await counts()
        case .tellsWhen: try await tellsWhen()
        case .neverFits: try await neverFits()
        case .takesNothing: try await takesNothing()
        case .everyScope: try await everyScope()
        case .followsLimits: try await followsLimits()
        case .givesBack: try await givesBack()
        case .takesOverrun: try await takesOverrun()
        case .settlesOnce: try await settlesOnce()
        case .settlesLate: try await settlesLate()
        case .releases: try await releases()
        case .leases: try await leases()
        case .renewals: try await renewals()
        case .budgets: try await budgets()
        case .budgetLeases: try await budgetLeases()
        case .budgetPeriods: try await budgetPeriods()
        case .cheaper: try await cheaper()
        case .ownTokens: try await ownTokens()
        case .firstFit: try await firstFit()
        case .softRatio: try await softRatio()
        case .mostHeadroom: try await mostHeadroom()
        case .twoChoices: try await twoChoices()
        case .blocks: try await blocks()
        case .readings: try await readings()
        case .uncounted: try await uncounted()
        case .buckets: try await buckets()
        case .bursts: try await bursts()
        case .days: try await days()
        case .zones: try await zones()
        case .windowsChange: try await windowsChange()
        case .standings: try await standings()
        }
    }

    func require(_ holds: Bool, _ message: @autoclosure () -> String, line: Int = #line) throws(Failure) {
        if !holds { throw Failure(description: "line \(line): \(message())") }
    }

    func advance(_ milliseconds: Int) async throws {
        clock.advance(by: .milliseconds(milliseconds))
        try await tell(clock.now)
    }

    func settle(_ settlement: Settlement) async {
        store.settle(settlement)
        await flush()
    }

    func renew(_ lease: Lease) async {
        store.renew([lease])
        await flush()
    }

    func feedback(_ truth: ProviderTruth) async {
        store.feedback(truth)
        await flush()
    }
}
