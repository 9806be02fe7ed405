import NIOConcurrencyHelpers

/// How often entries were passed over, by why. A lock, as that is rare.
package final class EntryFaultCounts: Sendable {
    private let counts = NIOLockedValueBox<[EntryFault: Int]>([:])

    package init() {}

    package var all: [EntryFault: Int] { counts.withLockedValue { $0 } }

    func count(_ fault: EntryFault) { counts.withLockedValue { $0[fault, default: 0] += 1 } }
}
