package import GatewayCore
import NIOConcurrencyHelpers

/// The fleet's calls in this process's memory: the reference of what every store of leads must do, and what tests run
/// on. Replicas are views of one board.
package final class InMemoryFlightLeases: FlightLeases {
    /// What all replicas share.
    package final class Board: Sendable {
        fileprivate struct State {
            var last: Int64 = 0
            var held: [FlightKey: (token: FlightToken, until: ContinuousClock.Instant)] = [:]
            var lines: [(replica: String, line: FlightLine)] = []
            /// The newest purge before each answer was asked for.
            var stored: [EntryID: Int64] = [:]
        }

        fileprivate let state = NIOLockedValueBox(State())

        package init() {}

        /// From now on there is an answer to a question.
        /// - Parameter purge: the newest there was before it was asked for.
        package func store(_ entry: EntryID, since purge: Int64 = 0) {
            state.withLockedValue { $0.stored[entry] = purge }
        }
    }

    private let board: Board
    private let replica: String
    private let life: Duration

    package init(board: Board, replica: String, life: Duration = .seconds(3)) {
        self.board = board
        self.replica = replica
        self.life = life
    }

    package func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply {
        board.state.withLockedValue { state in
            if let held = state.held[claim.key], held.until > .now {
                return .held(held.token, life: ContinuousClock.now.duration(to: held.until))
            }
            if !claim.ignoresStored, let purge = state.stored[claim.key.entry], purge >= claim.key.generation {
                return .stored
            }
            state.last += 1
            let token = FlightToken(milliseconds: state.last, sequence: 0)
            state.held[claim.key] = (token, .now + life)
            let before = state.lines.filter { $0.replica != replica }.map(\.line)
            let course = claim.announced.map {
                FlightCourse(embedding: $0.vector.embedding, features: $0.features)
            }
            let flight = AwayFlight(
                token: token, key: claim.key, course: course, tenant: claim.announced?.tenant)
            state.lines.append((replica, .began(flight)))
            return .granted(token, before: before)
        }
    }

    package func renew(_ held: [FlightHolding]) async throws(CacheStoreError) {
        board.state.withLockedValue { state in
            for holding in held where state.held[holding.key]?.token == holding.token {
                state.held[holding.key]?.until = .now + life
            }
        }
    }

    package func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) {
        board.state.withLockedValue { state in
            for (holding, isKept) in ended {
                if state.held[holding.key]?.token == holding.token { state.held[holding.key] = nil }
                state.lines.append((replica, .ended(holding.token, isKept: isKept)))
            }
        }
    }

    package func want(_ other: FlightHolding) async throws(CacheStoreError) {
        board.state.withLockedValue { $0.lines.append((replica, .wanted(other.token))) }
    }

    package func tell(
        _ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID
    ) async throws(CacheStoreError) {
        board.state.withLockedValue { $0.lines.append((replica, .parts(lead.token, parts))) }
    }

    package func holder(
        of key: FlightKey
    ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? {
        board.state.withLockedValue { state in
            guard let held = state.held[key], held.until > .now else { return nil }
            return (held.token, ContinuousClock.now.duration(to: held.until))
        }
    }

    package func head() async throws(CacheStoreError) -> FlightPosition {
        FlightPosition(lastSeen: [String(board.state.withLockedValue { $0.lines.count })])
    }

    package func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) {
        let start = position.lastSeen.first.flatMap { Int($0) } ?? 0
        let end = ContinuousClock.now + wait
        while ContinuousClock.now < end, !Task.isCancelled {
            let found = board.state.withLockedValue { Array($0.lines.dropFirst(start)) }
            if !found.isEmpty {
                let next = FlightPosition(lastSeen: [String(start + found.count)])
                return (found.filter { $0.replica != replica }.map(\.line), next)
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return ([], position)
    }
}
