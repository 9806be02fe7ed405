import Testing

@testable import Routing

@Suite("Tiers of sessions")
struct SessionTiersTests {
    private let now = ContinuousClock.now
    private let held = HeldTier(tier: "large", complexity: 0.7)

    @Test("A session keeps its tier until it was idle for its time")
    func expiry() {
        let sessions = SessionTiers(timeToLive: .seconds(10))
        #expect(sessions.held(by: "a", now: now) == nil)
        sessions.hold(held, by: "a", now: now)
        #expect(sessions.held(by: "a", now: now + .seconds(9)) == held)
        #expect(sessions.held(by: "a", now: now + .seconds(10)) == nil)
        sessions.hold(held, by: "a", now: now + .seconds(9))
        #expect(sessions.held(by: "a", now: now + .seconds(18)) == held)
    }

    @Test("The last half of the capacity is remembered, and what was used since outlives the rest")
    func bounded() {
        let sessions = SessionTiers(capacity: 20)
        sessions.hold(held, by: "kept", now: now)
        for index in 0..<1000 {
            sessions.hold(held, by: "\(index)", now: now)
            if index.isMultiple(of: 5) { sessions.hold(held, by: "kept", now: now) }
        }
        #expect(sessions.held(by: "kept", now: now) == held)
        let remembered = (0..<1000).filter { sessions.held(by: "\($0)", now: now) != nil }
        #expect((10...20).contains(remembered.count + 1))
        #expect(remembered.last == 999)
        #expect(remembered.count == (remembered.last ?? 0) - (remembered.first ?? 0) + 1)
    }
}
