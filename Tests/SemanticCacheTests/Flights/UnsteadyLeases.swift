import GatewayTesting
import NIOConcurrencyHelpers
import SemanticCache

/// Leads whose connection a test can take away, and whose ends it can hold up.
final class UnsteadyLeases: FlightLeases {
    private struct State {
        var isLost = false
        var ended: [Int] = []
    }

    private let base: InMemoryFlightLeases
    private let gate: ProceedGate?
    private let state = NIOLockedValueBox(State())

    /// - Parameter gate: holds each call that tells ends; nil for none.
    init(_ base: InMemoryFlightLeases, gate: ProceedGate? = nil) {
        self.base = base
        self.gate = gate
    }

    /// Whether no lines can be read.
    var isLost: Bool {
        get { state.withLockedValue { $0.isLost } }
        set { state.withLockedValue { $0.isLost = newValue } }
    }

    /// How many ends each call told.
    var ended: [Int] { state.withLockedValue { $0.ended } }

    func claim(_ claim: FlightClaim) async throws(CacheStoreError) -> FlightClaimReply {
        try await base.claim(claim)
    }

    func renew(_ held: [FlightHolding]) async throws(CacheStoreError) { try await base.renew(held) }

    func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) {
        state.withLockedValue { $0.ended.append(ended.count) }
        try? await gate?.wait()
        try await base.end(ended)
    }

    func holder(
        of key: FlightKey
    ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? { try await base.holder(of: key) }

    func head() async throws(CacheStoreError) -> FlightPosition {
        try check()
        return try await base.head()
    }

    func resume(at position: FlightPosition) async throws(CacheStoreError) -> FlightPosition {
        try check()
        return position
    }

    func lines(
        after position: FlightPosition, wait: Duration
    ) async throws(CacheStoreError) -> (lines: [FlightLine], position: FlightPosition) {
        try check()
        let (lines, next) = try await base.lines(after: position, wait: min(wait, .milliseconds(5)))
        // What came when the connection was lost already was not read.
        try check()
        return (lines, next)
    }

    private func check() throws(CacheStoreError) {
        if isLost { throw CacheStoreError(.unavailable, "as told") }
    }
}
