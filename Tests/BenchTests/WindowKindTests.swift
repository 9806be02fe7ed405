import LoadGenerator
import Testing

@testable import refrain

@Suite struct WindowKindTests {
    @Test("Half load is an open loop at half the ceiling, with arrivals drawn from the seed")
    func half() {
        let plan = WindowKind.half.plan(for: .seconds(2), ceiling: 5_000, seed: 9)
        #expect(plan?.pace == .open(requestsPerSecond: 2_500, connections: 64))
        #expect(plan?.spacing == .random(seed: 9))
        #expect(plan?.duration == .seconds(2))
    }

    @Test("There is no half of an unknown ceiling", arguments: [nil, 0])
    func unknown(ceiling: Double?) {
        #expect(WindowKind.half.plan(for: .seconds(1), ceiling: ceiling, seed: 1) == nil)
    }

    @Test("Frames on their way are counted long enough, over few connections")
    func paced() {
        let plan = WindowKind.paced.plan(for: .seconds(10), ceiling: nil, seed: 1)
        #expect(plan?.pace == .closed(connections: 4))
        #expect(plan?.readsStamps == true)
        #expect(WindowKind.paced.leastSeconds == 10 && WindowKind.single.leastSeconds == 0)
    }

    @Test("The other kinds need no ceiling", arguments: [WindowKind.single, .ceiling, .paced, .slow])
    func others(kind: WindowKind) {
        #expect(kind.plan(for: .seconds(1), ceiling: nil, seed: 1) != nil)
    }
}
