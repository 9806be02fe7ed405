import GatewayCore
import NIOConcurrencyHelpers
import SemanticCache

/// What other replicas do, as a test tells it: each claim gets the next reply, and lines come when they are told.
final class ScriptedLeases: FlightLeases {
    private struct State {
        var replies: [FlightClaimReply]
        var claims: [FlightClaim] = []
        var ended: [(holding: FlightHolding, isKept: Bool)] = []
        var wanted: Set<FlightToken> = []
        var parts: [FlightParts] = []
        var watch: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state: NIOLockedValueBox<State>
    private let told: AsyncStream<FlightLine>
    private let gate: GatedStore?
    private let teller: AsyncStream<FlightLine>.Continuation

    /// - Parameters:
    ///   - replies: behind the last one all leads are granted.
    ///   - gate: holds each claim; nil for none.
    init(_ replies: [FlightClaimReply], _ gate: GatedStore? = nil) {
        self.gate = gate
        state = NIOLockedValueBox(State(replies: replies))
        (told, teller) = AsyncStream.makeStream()
    }

    static func token(_ number: Int64) -> FlightToken { FlightToken(milliseconds: number, sequence: 0) }

    /// Leads that were given back, and whether there was an answer.
    var ended: [(token: FlightToken, isKept: Bool)] {
        state.withLockedValue { $0.ended.map { ($0.holding.token, $0.isKept) } }
    }

    /// Parts that were told.
    var parts: [FlightParts] { state.withLockedValue { $0.parts } }

    /// Waits until parts of a call are wanted.
    func isWanted(_ token: FlightToken) async {
        while state.withLockedValue({ !$0.wanted.contains(token) }) { try? await Task.sleep(for: .milliseconds(1)) }
    }

    func want(_ other: FlightHolding) async throws(CacheStoreError) {
        state.withLockedValue { _ = $0.wanted.insert(other.token) }
    }

    func tell(
        _ parts: FlightParts, of lead: FlightHolding, from tenant: TenantID
    ) async throws(CacheStoreError) {
        state.withLockedValue { $0.parts.append(parts) }
    }

    /// What the next claim gets.
    func next(_ reply: FlightClaimReply) { state.withLockedValue { $0.replies.append(reply) } }

    func tell(_ line: FlightLine) { teller.yield(line) }

    /// Waits for so many claims.
    /// - Returns: the last of them.
    func claimed(_ count: Int) async -> FlightClaim? {
        await withCheckedContinuation { continuation in
            let isThere = state.withLockedValue { state in
                if state.claims.count >= count { return true }
                state.watch = (count, continuation)
                return false
            }
            if isThere { continuation.resume() }
        }
        return state.withLockedValue { $0.claims.dropFirst(count - 1).first }
    }

    func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply {
        let (reply, watcher) = state.withLockedValue { state in
            state.claims.append(claim)
            let number = Int64(state.claims.count)
            let reply = state.replies.isEmpty
                ? FlightClaimReply.granted(Self.token(100 + number), before: []) : state.replies.removeFirst()
            guard let watch = state.watch, watch.count <= state.claims.count else {
                return (reply, CheckedContinuation<Void, Never>?.none)
            }
            state.watch = nil
            return (reply, watch.continuation)
        }
        watcher?.resume()
        await gate?.enter("claim")
        return reply
    }

    func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) {
        state.withLockedValue { $0.ended += ended }
    }

    func renew(_ held: [FlightHolding]) async throws(CacheStoreError) {}

    func holder(
        of key: FlightKey
    ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? { nil }

    func head() async throws(CacheStoreError) -> FlightPosition { FlightPosition(lastSeen: []) }

    func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) {
        for await line in told { return ([line], position) }
        throw CacheStoreError(.unavailable, "the test is over")
    }
}
