import GatewayCore
import NIOConcurrencyHelpers
import Routing
import Synchronization

/// Numbers leases, so that none comes twice.
private let leaseNumber = Atomic<Int>(0)

extension LimitStoreSuite {
    static let east = DeploymentID("east")

    /// Limits of a minute, the rest without any.
    static func limits(
        requests: Int? = nil, input: Int? = nil, output: Int? = nil, total: Int? = nil, concurrency: Int? = nil
    ) -> Limits {
        var limits = Limits()
        limits.requests = requests
        limits.inputTokens = input
        limits.outputTokens = output
        limits.totalTokens = total
        limits.concurrency = concurrency
        return limits
    }

    /// A request for one deployment.
    func request(
        _ limits: Limits = Limits(), scopes: [ScopeLimits] = [], input: Int = 10, output: Int = 5, nanodollars: Int = 0
    ) -> PickRequest {
        let candidate = PickRequest.Candidate(Self.east, limits: limits, nanodollars: nanodollars)
        return request([candidate], scopes: scopes, input: input, output: output)
    }

    func request(
        _ candidates: [PickRequest.Candidate], scopes: [ScopeLimits] = [], input: Int = 10, output: Int = 5
    ) -> PickRequest {
        let number = leaseNumber.add(1, ordering: .relaxed).newValue
        var request = PickRequest(
            lease: LeaseID("lease-\(number)"), inputTokens: input, outputTokens: output, candidates: candidates)
        request.scopes = scopes
        return request
    }

    /// The grant; fails when refused.
    @discardableResult
    func granted(_ request: PickRequest, line: Int = #line) async throws -> Grant {
        switch try await store.pick(request) {
        case .granted(let grant): return grant
        case .denied(let denial): throw Failure(description: "line \(line): refused, \(denial)")
        }
    }

    /// The refusal; fails when granted.
    @discardableResult
    func denied(_ request: PickRequest, line: Int = #line) async throws -> Denial {
        switch try await store.pick(request) {
        case .granted(let grant): throw Failure(description: "line \(line): granted \(grant.candidate)")
        case .denied(let denial): return denial
        }
    }

    /// How many of `count` are granted.
    func grantedCount(of count: Int, _ make: () -> PickRequest) async throws -> Int {
        var granted = 0
        for _ in 0..<count { if case .granted = try await store.pick(make()) { granted += 1 } }
        return granted
    }

    func equal<Value: Equatable>(_ found: Value, _ expected: Value, line: Int = #line) throws(Failure) {
        try require(found == expected, "expected \(expected), found \(found)", line: line)
    }
}
