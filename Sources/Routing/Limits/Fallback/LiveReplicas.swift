import Synchronization

/// How many replicas share the limits, as last heard of.
package final class LiveReplicas: Sendable {
    private let number = Atomic<Int>(1)

    package init() {}

    /// At least one.
    package var count: Int { number.load(ordering: .relaxed) }

    /// Takes the number last counted.
    package func update(_ count: Int) { number.store(max(1, count), ordering: .relaxed) }
}
