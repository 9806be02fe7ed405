import GatewayCore
import GatewayTesting
import RedisClient
import Routing
import Testing

@testable import RedisStores

/// Random lives of a few deployments and scopes, told alike to the scripts and to the rules in process.
@Suite("The scripts and the rules in process", .timeLimit(.minutes(5)))
struct SameRulesTests {
    @Test("Decide alike, whatever came before", arguments: Array(1...20) as [UInt64])
    func alike(seed: UInt64) async throws {
        try await withClockedLimits { limits in
            let local = LocalLimitStore { limits.clock.now }
            var story = LimitStory(seed: seed)
            for step in 0..<400 {
                limits.clock.advance(by: .milliseconds(story.pause()))
                try await limits.tell(limits.clock.now)
                switch story.next(step) {
                case .pick(let request):
                    let (one, other) = (try await limits.store.pick(request), try await local.pick(request))
                    #expect(Self.words(one) == Self.words(other), "seed \(seed), step \(step)")
                    if Self.words(one) != Self.words(other) { return }
                    if case (.granted(let one), .granted(let other)) = (one, other) {
                        story.granted(one.lease, other.lease, at: limits.clock.now)
                    }
                case .settle(let make):
                    guard let (one, other) = story.takeLease(at: limits.clock.now) else { continue }
                    limits.store.settle(make(one))
                    local.settle(make(other))
                    await limits.store.flush()
                case .renew:
                    guard let (one, other) = story.keepLease(at: limits.clock.now) else { continue }
                    limits.store.renew([one])
                    local.renew([other])
                    await limits.store.flush()
                case .feedback(let truth):
                    limits.store.feedback(truth)
                    local.feedback(truth)
                    await limits.store.flush()
                }
            }
            #expect(limits.store.lost == 0, "seed \(seed)")
        }
    }

    private static func words(_ result: PickResult) -> String {
        switch result {
        case .denied(let denial): "\(denial)"
        case .granted(let grant): "\(grant.candidate) \(grant.standings) \(grant.committed) \(grant.isNearBudget)"
        }
    }
}
