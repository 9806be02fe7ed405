/// Requests and failures of the last minute, in twelve slots of five seconds.
///
/// The running slot and the eleven before it count: 55 to 60 seconds. Sixty slots of one second would be exact to a
/// second where no rule needs it, and five times the fields in Redis, beyond what a small hash stays compact with.
struct SlotCounts: Sendable, Equatable {
    static let slots = 12
    static let slotMilliseconds: Int64 = 5_000

    private struct Slot: Equatable {
        var stamp: Int64 = -1
        var requests: Int64 = 0
        var failures: Int64 = 0
    }

    private var ring = [Slot](repeating: Slot(), count: slots)

    mutating func add(requests: Int64, failures: Int64, now: Int64) {
        let stamp = now / Self.slotMilliseconds
        let place = Int(stamp % Int64(Self.slots))
        guard ring.indices.contains(place) else { return }
        if ring[place].stamp != stamp { ring[place] = Slot(stamp: stamp) }
        ring[place].requests += requests
        ring[place].failures += failures
    }

    func sums(now: Int64) -> (requests: Int64, failures: Int64) { sums(till: now / Self.slotMilliseconds, now: now) }

    /// Without the running slot: how the target fared before what is happening to it now.
    func earlier(now: Int64) -> (requests: Int64, failures: Int64) {
        sums(till: now / Self.slotMilliseconds - 1, now: now)
    }

    private func sums(till newest: Int64, now: Int64) -> (requests: Int64, failures: Int64) {
        let oldest = now / Self.slotMilliseconds - Int64(Self.slots)
        var sums: (requests: Int64, failures: Int64) = (0, 0)
        for slot in ring where slot.stamp > oldest && slot.stamp <= newest {
            sums.requests += slot.requests
            sums.failures += slot.failures
        }
        // What a call is taken back from may be in another slot than its beginning, or before the last clearing.
        return (max(sums.requests, sums.failures), sums.failures)
    }

    mutating func clear() { self = SlotCounts() }
}
