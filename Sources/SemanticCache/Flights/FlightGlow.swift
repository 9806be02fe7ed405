import GatewayCore
import NIOCore

/// What was answered and stored a moment ago. Who looked it up just before must not make a call just after. Pure.
struct FlightGlow: Sendable {
    struct Ember: Sendable {
        let entry: EntryID
        let course: FlightCourse?
        /// Of the question that it answers to the one that it stands for; nil where they are the same.
        let similarity: Float?
        let until: ContinuousClock.Instant
    }

    private(set) var entries: [FlightKey: Ember] = [:]
    private var byPartition: [PartitionID: Set<FlightKey>] = [:]
    private var order = CircularBuffer<(key: FlightKey, until: ContinuousClock.Instant)>()

    private static let limit = 4096

    /// - Parameters:
    ///   - entry: where the answer is.
    ///   - course: for similar questions; nil when the answer is to another question.
    ///   - similarity: of that other question; nil when the answer is to this one.
    mutating func add(
        _ key: FlightKey, entry: EntryID, course: FlightCourse?, similarity: Float? = nil,
        until: ContinuousClock.Instant
    ) {
        if order.count >= Self.limit { drop() }
        entries[key] = Ember(entry: entry, course: course, similarity: similarity, until: until)
        if course != nil { byPartition[key.partition, default: []].insert(key) }
        order.append((key, until))
    }

    mutating func fade(at now: ContinuousClock.Instant) {
        while let oldest = order.first, oldest.until <= now { drop() }
    }

    /// It is no longer in the store.
    mutating func forget(_ key: FlightKey) {
        guard entries.removeValue(forKey: key) != nil else { return }
        byPartition[key.partition]?.remove(key)
        if byPartition[key.partition]?.isEmpty == true { byPartition[key.partition] = nil }
    }

    func rivals(of key: FlightKey, atMost limit: Int) -> [FlightRival] {
        var found: [FlightRival] = []
        for other in byPartition[key.partition] ?? [] where other.generation == key.generation {
            guard found.count < limit else { break }
            guard let course = entries[other]?.course else { continue }
            found.append(FlightRival(number: nil, entry: other.entry, course: course))
        }
        return found
    }

    private mutating func drop() {
        let oldest = order.removeFirst()
        // One that was answered again meanwhile glows on.
        if let ember = entries[oldest.key], ember.until <= oldest.until { forget(oldest.key) }
    }
}
