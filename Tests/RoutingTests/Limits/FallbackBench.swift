import GatewayCore
import GatewayTesting
import Logging
import NIOConcurrencyHelpers

@testable import Routing

/// A fallback store over one that can be taken away, with simulated time.
struct FallbackBench: Sendable {
    static let away = "the fleet's limits are out of reach; this replica keeps to its share"
    static let back = "the fleet's limits are back"

    let clock = SettableClock(LimitStoreSuite.start)
    let origin = ContinuousClock.now
    let shared: AwayLimitStore
    let replicas = LiveReplicas()
    let lines = LogLines()
    let store: FallbackLimitStore
    private let number = NIOLockedValueBox(0)

    init(policy: BudgetOutagePolicy = .localShare) {
        let (clock, origin) = (clock, origin)
        shared = AwayLimitStore { clock.now }
        store = FallbackLimitStore(
            shared: shared, replicas: replicas, policy: policy, logger: lines.logger,
            clock: LimitClock(wall: { clock.now }, steady: { origin + (clock.now - LimitStoreSuite.start) }))
    }

    func request(_ limits: Limits, scopes: [ScopeLimits] = [], nanodollars: Int = 0) -> PickRequest {
        let id = number.withLockedValue { number in
            number += 1
            return number
        }
        var request = PickRequest(
            lease: LeaseID("\(id)"), inputTokens: 10, outputTokens: 5,
            candidates: [.init(DeploymentID("d"), limits: limits, nanodollars: nanodollars)])
        request.scopes = scopes
        return request
    }

    func isGranted(_ request: PickRequest) async throws -> Bool {
        if case .granted = try await store.pick(request) { true } else { false }
    }

    func granted(of count: Int, _ make: () -> PickRequest) async throws -> Int {
        var granted = 0
        for _ in 0..<count where try await isGranted(make()) { granted += 1 }
        return granted
    }

    /// Takes the shared store away and fails until it counts as away.
    func loseShared() async throws {
        shared.goAway()
        for _ in 0..<5 { _ = try await store.pick(request(Limits())) }
    }
}
