/// Who has a time, and whose is the soonest: a binary heap that knows where everybody stands. O(log n) to change, O(1)
/// to look. Pure.
struct DeadlineQueue<Key: Hashable & Sendable>: Sendable {
    private var heap: [(due: ContinuousClock.Instant, key: Key)] = []
    private var places: [Key: Int] = [:]

    var count: Int { heap.count }

    /// The soonest of all.
    var first: (due: ContinuousClock.Instant, key: Key)? { heap.first }

    /// Gives somebody a time, or another one.
    mutating func set(_ key: Key, _ due: ContinuousClock.Instant) {
        if let place = places[key] {
            heap[place].due = due
            settle(place)
        } else {
            places[key] = heap.count
            heap.append((due, key))
            rise(heap.count - 1)
        }
    }

    /// Takes somebody out; nothing when it is not there.
    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key), let last = heap.popLast() else { return }
        guard place < heap.count else { return }
        heap[place] = last
        places[last.key] = place
        settle(place)
    }

    private mutating func settle(_ place: Int) {
        rise(place)
        sink(place)
    }

    private mutating func rise(_ start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].due < heap[parent].due else { return }
            exchange(place, parent)
            place = parent
        }
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            let (left, right) = (2 * place + 1, 2 * place + 2)
            var soonest = place
            if left < heap.count, heap[left].due < heap[soonest].due { soonest = left }
            if right < heap.count, heap[right].due < heap[soonest].due { soonest = right }
            if soonest == place { return }
            exchange(place, soonest)
            place = soonest
        }
    }

    private mutating func exchange(_ one: Int, _ other: Int) {
        heap.swapAt(one, other)
        places[heap[one].key] = one
        places[heap[other].key] = other
    }
}
