import GatewayCore
import NIOCore

extension HotTier {
    /// What is held and who may come in. Does nothing itself: it says what is to be done after the unlock.
    struct StateMachine {
        enum FindAction {
            case serve(StoredEntry)
            /// Ask the store, then ``settle(_:_:found:)``.
            case ask(Ticket)
        }

        /// What was true before the store was asked.
        struct Ticket {
            fileprivate let digest: UInt64
            fileprivate let epoch: UInt32
            fileprivate let checked: ContinuousClock.Instant
        }

        private static let stripes = 1024

        private let staleness: Duration
        private let residentsLimit: Int
        private let seed: UInt64
        private var residents: SegmentedLRU
        private var sketch: FrequencySketch
        /// Writes begun, ended or told of, by the key's stripe: what the store said before one of them may not be true
        /// any more. Keys that share a stripe cost each other an admission at most.
        private var epochs = [UInt32](repeating: 0, count: stripes)
        private var tally = HotTierCounts()

        init(byteLimit: Int, staleness: Duration, seed: UInt64) {
            self.staleness = staleness
            self.seed = seed
            // Answers are about a kilobyte; there may be more keys than that, which only blurs the frequencies.
            sketch = FrequencySketch(keys: byteLimit / 1024)
            residentsLimit = max(byteLimit - sketch.byteCount - Self.stripes * MemoryLayout<UInt32>.stride, 0)
            residents = SegmentedLRU(byteLimit: residentsLimit)
        }

        var counts: HotTierCounts {
            var counts = tally
            counts.entries = residents.count
            counts.bytes = residents.byteCount + sketch.byteCount + epochs.count * MemoryLayout<UInt32>.stride
            return counts
        }

        /// The answer, if it is held, alive, of this partition and checked within the bound.
        mutating func find(
            _ key: HotKey, in partition: PartitionID, at instant: ContinuousClock.Instant, now: UnixTime
        ) -> FindAction {
            let digest = key.digest(seed: seed)
            sketch.increment(digest, residents: residents.count)
            let ticket = ticket(digest, instant)
            guard let place = residents.place(of: key), let resident = residents.resident(at: place),
                resident.entry.partition == partition
            else {
                tally.misses += 1
                return .ask(ticket)
            }
            guard resident.entry.ends > now else {
                residents.remove(place)
                tally.misses += 1
                return .ask(ticket)
            }
            residents.use(place)
            guard resident.checked.duration(to: instant) < staleness else {
                tally.stale += 1
                return .ask(ticket)
            }
            tally.hits += 1
            return .serve(resident.entry)
        }

        /// Asks the store for what ``find(_:in:at:now:)`` would have served, as a purge may have ended it.
        mutating func doubt(_ key: HotKey, at instant: ContinuousClock.Instant) -> Ticket {
            tally.hits -= 1
            tally.stale += 1
            return ticket(key.digest(seed: seed), instant)
        }

        /// Takes what the store said of a key: `found` is held if it earns its place, nil is dropped.
        mutating func settle(_ key: HotKey, _ ticket: Ticket, found: StoredEntry?) {
            guard let found else { return remove(key) }
            guard isCurrent(ticket) else { return }
            let bytes = Self.size(of: found)
            if let place = residents.place(of: key), let held = residents.resident(at: place) {
                // Of two that asked at once, who asked first may be told last.
                if held.checked > ticket.checked { return }
                if held.bytes == bytes {
                    return residents.renew(place, found, checked: ticket.checked)
                }
                residents.remove(place)
            }
            guard makeRoom(for: bytes, asked: sketch.frequency(ticket.digest)) else { return }
            residents.insert(
                SegmentedLRU.Resident(
                    key: key, digest: ticket.digest, bytes: bytes, entry: found, checked: ticket.checked))
        }

        /// Drops what is held of a key; what the store said of it before now is not taken any more.
        @discardableResult
        mutating func beginWrite(_ key: HotKey, at instant: ContinuousClock.Instant) -> Ticket {
            let digest = key.digest(seed: seed)
            epochs[stripe(digest)] &+= 1
            remove(key)
            return ticket(digest, instant)
        }

        /// Ends a write. Of writes of one key that overlap nobody knows which one the store took last, so that none of
        /// them is held.
        /// - Parameter written: what the store now holds; nil when it was deleted, or when nobody knows.
        mutating func endWrite(_ key: HotKey, _ ticket: Ticket, written: StoredEntry?) {
            settle(key, ticket, found: isCurrent(ticket) ? written : nil)
            epochs[stripe(ticket.digest)] &+= 1
        }

        private func stripe(_ digest: UInt64) -> Int { Int(truncatingIfNeeded: digest) & (Self.stripes - 1) }

        private func ticket(_ digest: UInt64, _ instant: ContinuousClock.Instant) -> Ticket {
            Ticket(digest: digest, epoch: epochs[stripe(digest)], checked: instant)
        }

        private func isCurrent(_ ticket: Ticket) -> Bool { epochs[stripe(ticket.digest)] == ticket.epoch }

        private mutating func remove(_ key: HotKey) {
            if let place = residents.place(of: key) { residents.remove(place) }
        }

        /// Makes room for a newcomer if it was asked for more often than all it would displace together; those that
        /// nobody asked for since long go in any case. So each step either frees memory for good or costs the newcomer
        /// one of its at most 255 requests.
        ///
        /// The sum is what G. Einziger, O. Eytan, R. Friedman and B. Manes call aggregated victims, "Lightweight Robust
        /// Size Aware Cache Management", 2021.
        private mutating func makeRoom(for bytes: Int, asked: Int) -> Bool {
            guard bytes <= residentsLimit else { return false }
            var missing = residents.byteCount + bytes - residentsLimit
            var displaced = 0
            var next = residents.firstVictim
            while missing > 0, let place = next {
                next = residents.victim(after: place)
                guard let victim = residents.resident(at: place) else { return false }
                missing -= victim.bytes
                let frequency = sketch.frequency(victim.digest)
                if frequency == 0 {
                    residents.remove(place)
                    continue
                }
                displaced += frequency
                if displaced >= asked { return false }
            }
            while residents.byteCount > residentsLimit - bytes, let place = residents.firstVictim {
                residents.remove(place)
            }
            return true
        }

        /// What an entry takes, by estimate.
        static func size(of entry: StoredEntry) -> Int {
            entry.answer.storageCapacity + (entry.question?.utf8.count ?? 0) + (entry.model?.utf8.count ?? 0)
                + (entry.labels?.text.utf8.count ?? 0) + SegmentedLRU.overhead
        }
    }
}
