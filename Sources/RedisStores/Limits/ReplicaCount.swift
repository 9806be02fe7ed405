/// How many replicas live, by beats that may fail at a Redis that may come back without its data. Pure.
///
/// Behind an outage the others have not all beaten again, and a replica that holds itself to be alone gives itself the
/// whole of every limit. So the number only grows until they have had their time.
struct ReplicaCount: Sendable {
    /// A replica that has not been heard of for longer is not counted: three beats.
    static let silenceMilliseconds = 10_000

    /// Nil as long as nothing was counted.
    private var last: Int?
    private var hasFailed = false
    private var growsUntil: ContinuousClock.Instant?

    /// A beat did not come through.
    mutating func failed() { hasFailed = true }

    /// - Parameters:
    ///   - wasKnown: whether this replica's last beat was still there.
    ///   - now: by a clock that does not go back.
    /// - Returns: the number to go by.
    mutating func counted(_ count: Int, wasKnown: Bool, now: ContinuousClock.Instant) -> Int {
        if last != nil, hasFailed || !wasKnown { growsUntil = now + .milliseconds(Self.silenceMilliseconds) }
        hasFailed = false
        let isGrowing = growsUntil.map { now < $0 } ?? false
        let number = isGrowing ? max(count, last ?? count) : count
        last = number
        return number
    }
}
