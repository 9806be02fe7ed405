import GatewayCore
import NIOCore

/// What this replica knows of the calls of others, and who waits for their ends. Pure.
struct AwayTable<Waiter: Sendable>: Sendable {
    /// Whether there is an answer in the store.
    typealias Told = [(waiter: Waiter, isKept: Bool)]

    private struct Known: Sendable {
        let flight: AwayFlight?
        /// Nil while it is under way.
        var isKept: Bool?
    }

    /// So many are known at least, of calls under way and of ends; of more the oldest are forgotten.
    private static var limit: Int { 4096 }
    /// Calls that were never told to have ended are forgotten after this.
    private static var life: Duration { .seconds(120) }

    private var known: [FlightToken: Known] = [:]
    private var byPartition: [PartitionID: [FlightToken]] = [:]
    private var begun = CircularBuffer<(token: FlightToken, until: ContinuousClock.Instant)>()
    private var ended = CircularBuffer<(token: FlightToken, until: ContinuousClock.Instant)>()
    private var waiters: [FlightToken: [Int: Waiter]] = [:]
    private var last = 0
    let glow: Duration

    /// - Parameter glow: how long an end is remembered.
    init(glow: Duration) { self.glow = glow }

    var count: Int { known.count }

    mutating func take(_ line: FlightLine, now: ContinuousClock.Instant) -> Told {
        fade(at: now)
        switch line {
        case .began(let flight):
            begin(flight, now: now)
            return []
        case .ended(let token, let isKept):
            let flight = known[token]?.flight
            known[token] = Known(flight: flight, isKept: isKept)
            if !isKept { drop(token, from: flight?.key.partition) }
            ended.append((token, now + glow))
            if ended.count > Self.limit { forget(ended.removeFirst().token) }
            return (waiters.removeValue(forKey: token) ?? [:]).values.map { ($0, isKept) }
        case .wanted, .parts: return []
        }
    }

    /// Questions behind the same wall and since the same purge that others call for, or have stored answers to a moment
    /// ago. The newest come last.
    /// - Parameters:
    ///   - tenant: who asks. What says to be another's was written by nobody who knows the tenant's keys.
    ///   - token: only those before it.
    func rivals(
        of key: FlightKey, from tenant: TenantID, before token: FlightToken, atMost limit: Int
    ) -> [AwayFlight] {
        let tokens = (byPartition[key.partition] ?? []).filter { $0 < token }
        return tokens.suffix(limit).compactMap { known[$0]?.flight }.filter {
            $0.key.generation == key.generation && $0.tenant == tenant
        }
    }

    /// A call whose leader is gone.
    mutating func forget(_ token: FlightToken) {
        drop(token, from: known[token]?.flight?.key.partition)
        known[token] = nil
    }

    /// - Returns: whether the answer was stored, if the call is known to have ended; else the place of who waits.
    mutating func listen(_ token: FlightToken, waiter: Waiter) -> (isKept: Bool?, place: Int) {
        if let isKept = known[token]?.isKept { return (isKept, 0) }
        last += 1
        waiters[token, default: [:]][last] = waiter
        return (nil, last)
    }

    mutating func leave(_ place: Int, of token: FlightToken) -> Waiter? {
        let waiter = waiters[token]?.removeValue(forKey: place)
        if waiters[token]?.isEmpty == true { waiters[token] = nil }
        return waiter
    }

    /// A claim's reply may tell of a beginning after the stream has told of its end.
    private mutating func begin(_ flight: AwayFlight, now: ContinuousClock.Instant) {
        let token = flight.token
        let isKept = known[token]?.isKept
        guard isKept != false, known[token]?.flight == nil else { return }
        known[token] = Known(flight: flight, isKept: isKept)
        if flight.course != nil { byPartition[flight.key.partition, default: []].append(token) }
        begun.append((token, now + Self.life))
        // Those that ended meanwhile take nobody's place. Once for many: all are looked at.
        guard begun.count > 2 * Self.limit else { return }
        begun = begun.filter { isUnderWay($0.token) }
        while begun.count > Self.limit { forget(begun.removeFirst().token) }
    }

    private func isUnderWay(_ token: FlightToken) -> Bool {
        guard let known = known[token] else { return false }
        return known.isKept == nil
    }

    private mutating func fade(at now: ContinuousClock.Instant) {
        while let oldest = begun.first, oldest.until <= now {
            begun.removeFirst()
            // An end is remembered by its own time.
            if isUnderWay(oldest.token) { forget(oldest.token) }
        }
        while let oldest = ended.first, oldest.until <= now { forget(ended.removeFirst().token) }
    }

    private mutating func drop(_ token: FlightToken, from partition: PartitionID?) {
        guard let partition else { return }
        byPartition[partition]?.removeAll { $0 == token }
        if byPartition[partition]?.isEmpty == true { byPartition[partition] = nil }
    }
}
