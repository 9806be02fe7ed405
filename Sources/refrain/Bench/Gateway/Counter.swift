import Synchronization

/// Counts on through all windows of a leg, so that no question comes twice.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}
