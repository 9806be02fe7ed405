/// What is to happen in a simulation, by time; what stands at the same time happens in the order it came.
struct EventQueue {
    private struct Event {
        let time: Double
        let number: Int
        let action: () -> Void

        static func < (left: Event, right: Event) -> Bool { (left.time, left.number) < (right.time, right.number) }
    }

    private var heap: [Event] = []
    private var count = 0

    mutating func add(at time: Double, _ action: @escaping () -> Void) {
        count += 1
        heap.append(Event(time: time, number: count, action: action))
        var place = heap.count - 1
        while place > 0, heap[place] < heap[(place - 1) / 2] {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// The first event that is due by then.
    mutating func next(until end: Double) -> (time: Double, action: () -> Void)? {
        guard let first = heap.first, first.time <= end else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            var place = 0
            while true {
                let children = [2 * place + 1, 2 * place + 2].filter { $0 < heap.count }
                guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[place] else { break }
                heap.swapAt(place, least)
                place = least
            }
        }
        return (first.time, first.action)
    }
}
