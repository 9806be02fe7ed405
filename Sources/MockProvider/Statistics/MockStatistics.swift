import NIOConcurrencyHelpers

/// The mock's counters, for any thread to read. `/mock/…` requests are not counted.
package final class MockStatistics: Sendable {
    /// What became of a request.
    enum Outcome: Sendable {
        case completed, cancelledByClient, interrupted
    }

    private struct Counters {
        var byRoute: [MockRoute: MockTally] = [:]
        var requests = 0
        var epoch = 0
        var isStopped = false
    }

    private let counters = NIOLockedValueBox(Counters())

    init() {}

    /// Sums over all routes.
    package var total: MockTally {
        counters.withLockedValue { $0.byRoute.values.reduce(MockTally(), +) }
    }

    /// Requests read to their end, over all routes.
    package var requests: Int { total.requests }
    /// Answers sent whole, over all routes. Counted just before the last byte is written.
    package var completed: Int { total.completed }
    /// Answers whose client went away first, over all routes.
    package var cancelledByClient: Int { total.cancelledByClient }

    /// The counters of one route.
    package subscript(route: MockRoute) -> MockTally {
        counters.withLockedValue { $0.byRoute[route] ?? MockTally() }
    }

    /// Sets everything to zero. Requests still being answered will not be counted when they end.
    package func reset() {
        counters.withLockedValue { counters in
            counters.byRoute = [:]
            counters.requests = 0
            counters.epoch += 1
        }
    }

    /// From now on a connection that ends was closed by the server, not by its client.
    func stop() {
        counters.withLockedValue { $0.isStopped = true }
    }

    /// Counts a request and numbers it.
    func begin(_ route: MockRoute) -> MockTicket {
        counters.withLockedValue { counters in
            counters.requests += 1
            counters.byRoute[route, default: MockTally()].requests += 1
            return MockTicket(route: route, ordinal: counters.requests, epoch: counters.epoch)
        }
    }

    /// Counts what became of a request, unless a reset came since it was begun. Call it once for each ticket.
    func end(_ ticket: MockTicket, _ outcome: Outcome) {
        counters.withLockedValue { counters in
            guard ticket.epoch == counters.epoch else { return }
            switch outcome {
            case .cancelledByClient where counters.isStopped:
                counters.byRoute[ticket.route, default: MockTally()].interrupted += 1
            case .completed: counters.byRoute[ticket.route, default: MockTally()].completed += 1
            case .cancelledByClient: counters.byRoute[ticket.route, default: MockTally()].cancelledByClient += 1
            case .interrupted: counters.byRoute[ticket.route, default: MockTally()].interrupted += 1
            }
        }
    }
}
