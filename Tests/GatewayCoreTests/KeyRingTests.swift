import Testing

@testable import GatewayCore

@Suite("A key is changed without a call that fails")
struct KeyRingTests {
    private let start = ContinuousClock.now
    private let old = Secret("old")
    private let new = Secret("new")
    private let third = Secret("third")

    private func keys(_ ring: KeyRing, after seconds: Int = 0) -> [String?] {
        let choice = ring.choice(now: start + .seconds(seconds))
        return [choice.key.exposed, choice.spare?.exposed]
    }

    @Test("A key that never changed has no spare")
    func alone() {
        let ring = KeyRing(old)
        #expect(keys(ring) == ["old", nil])
        #expect(!ring.replace(with: old, overlap: .seconds(60), now: start))
        #expect(keys(ring) == ["old", nil])
    }

    @Test("The new key comes first, and the old one is its spare until its time is over")
    func overlap() {
        let ring = KeyRing(old)
        #expect(ring.replace(with: new, overlap: .seconds(60), now: start))
        #expect(ring.current == new)
        #expect(keys(ring, after: 59) == ["new", "old"])
        #expect(keys(ring, after: 60) == ["new", nil])
        // What is over does not come back with an earlier time.
        #expect(keys(ring) == ["new", nil])
    }

    @Test("While the new key is not good yet calls begin with the old one, and go back when that is refused")
    func preference() {
        let ring = KeyRing(old)
        ring.replace(with: new, overlap: .seconds(60), now: start)
        ring.prefer(old)
        #expect(keys(ring) == ["old", "new"])
        ring.prefer(new)
        #expect(keys(ring) == ["new", "old"])
        ring.prefer(old)
        // The end of the overlap ends the preference, too.
        #expect(keys(ring, after: 60) == ["new", nil])
        ring.prefer(old)
        #expect(keys(ring) == ["new", nil])
    }

    @Test("A second change keeps the key that works, be it the first or the second")
    func twice() {
        let refused = KeyRing(old)
        refused.replace(with: new, overlap: .seconds(60), now: start)
        refused.prefer(old)
        refused.replace(with: third, overlap: .seconds(60), now: start)
        #expect(keys(refused) == ["third", "old"])
        let accepted = KeyRing(old)
        accepted.replace(with: new, overlap: .seconds(60), now: start)
        accepted.replace(with: third, overlap: .seconds(60), now: start)
        #expect(keys(accepted) == ["third", "new"])
    }

    @Test("A change that is taken back leaves the right key in front")
    func takenBack() {
        let ring = KeyRing(old)
        ring.replace(with: new, overlap: .seconds(60), now: start)
        ring.replace(with: old, overlap: .seconds(60), now: start)
        #expect(keys(ring) == ["old", "new"])
        ring.replace(with: new, overlap: .seconds(60), now: start)
        ring.prefer(old)
        ring.replace(with: old, overlap: .seconds(60), now: start)
        #expect(keys(ring) == ["old", nil])
    }

    @Test("The last key stays known when it is no longer used, for calls that are under way")
    func known() {
        let ring = KeyRing(old)
        #expect(ring.known == [old])
        ring.replace(with: new, overlap: .zero, now: start)
        #expect(keys(ring) == ["new", nil])
        #expect(ring.known == [new, old])
    }

    @Test("Without an overlap there is no spare")
    func noOverlap() {
        let ring = KeyRing(old)
        ring.replace(with: new, overlap: .zero, now: start)
        #expect(keys(ring) == ["new", nil])
    }

    @Test("Neither a secret nor a ring shows what it holds")
    func hidden() {
        let ring = KeyRing(Secret("canary-4711"))
        var dumped = ""
        dump(ring, to: &dumped)
        dump(Secret("canary-4711"), to: &dumped)
        let choice = ring.choice(now: start)
        let shown = ["\(ring)", String(reflecting: ring), dumped, "\(Secret("canary-4711"))", "\(choice)"]
        #expect(!shown.contains { $0.contains("4711") }, "\(shown)")
        #expect("\(Secret("canary-4711"))" == "•••")
    }
}
