import GatewayCore
import Testing

@testable import Routing

@Suite("Whose turn it is in the waiting room")
struct WaitingOrderTests {
    @Test("Of one tenant they are served in the order in which they came")
    func order() {
        var lines = WaitingLines()
        let ids = (0..<5).compactMap { _ in lines.arrive("t") }
        #expect(ids.count == 5)
        #expect(lines.serveAll(5) == ids)
        #expect(lines.machine.count == 0)
        #expect(lines.machine.due == nil)
    }

    @Test("Tenants are served by their weights, whoever came first and however many", arguments: [
        ([("a", 1.0), ("b", 1.0)], [20, 20]), ([("a", 3.0), ("b", 1.0)], [30, 10]),
        ([("a", 1.0), ("b", 2.0), ("c", 5.0)], [5, 10, 25]),
    ])
    func weights(tenants: [(String, Double)], shares: [Int]) {
        var lines = WaitingLines()
        var owner: [Int: String] = [:]
        for (name, weight) in tenants {
            for _ in 0..<60 { if let id = lines.arrive(name, weight: weight) { owner[id] = name } }
        }
        let served = lines.serveAll(40).compactMap { owner[$0] }
        for ((name, _), share) in zip(tenants, shares) {
            let count = served.filter { $0 == name }.count
            #expect(abs(count - share) <= 1, "\(name): \(count) of \(share)")
        }
    }

    @Test("A turn counts as much as it takes: one large request stands against many small ones")
    func sizes() {
        var lines = WaitingLines()
        var owner: [Int: String] = [:]
        for _ in 0..<40 { if let id = lines.arrive("large", turn: 10) { owner[id] = "large" } }
        for _ in 0..<40 { if let id = lines.arrive("small", turn: 1) { owner[id] = "small" } }
        let served = lines.serveAll(33).compactMap { owner[$0] }
        #expect(abs(served.filter { $0 == "large" }.count - 3) <= 1)
    }

    @Test("A tenant that was away has saved nothing up, and owes nothing")
    func absence() {
        var lines = WaitingLines()
        let first = (0..<10).compactMap { _ in lines.arrive("a") }
        #expect(lines.serveAll(10) == first)
        let a = (0..<4).compactMap { _ in lines.arrive("a") }
        let b = (0..<4).compactMap { _ in lines.arrive("b") }
        lines.pass(.seconds(2))
        var served: [Int] = []
        while served.count < 4, let id = lines.called.dropFirst(10 + served.count).first {
            served.append(id)
            lines.serve(id)
        }
        #expect(Set(served) == Set(a.prefix(2) + b.prefix(2)))
    }

    @Test("The urgent come first; who has waited long enough is as urgent")
    func ageing() {
        var lines = WaitingLines { $0.ageing = .seconds(10) }
        let batch = lines.arrive("a", priority: .batch, retryAfter: .seconds(30))
        lines.pass(.seconds(9))
        let usual = lines.arrive("b", priority: .usual)
        let urgent = lines.arrive("c", priority: .interactive)
        #expect(lines.serveAll(0).isEmpty)
        lines.pass(.seconds(20))
        #expect(lines.called == [batch])
        var young = WaitingLines { $0.ageing = .seconds(10) }
        let late = young.arrive("a", priority: .batch)
        let first = young.arrive("c", priority: .interactive)
        let second = young.arrive("b", priority: .usual)
        #expect(young.serveAll(3) == [first, second, late].compactMap(\.self))
        #expect(usual != nil && urgent != nil)
    }

    @Test("Nobody starves: a batch request is served although urgent ones never stop coming")
    func starvation() {
        var lines = WaitingLines { $0.capacity = 10_000 }
        let batch = lines.arrive("poor", weight: 0.01, priority: .batch) ?? -1
        for index in 0..<20 { lines.arrive("rich\(index % 3)", weight: 100, priority: .interactive) }
        var rounds = 0
        while !lines.called.contains(batch), rounds < 1_000 {
            rounds += 1
            // As many come as are served.
            lines.arrive("rich\(rounds % 3)", weight: 100, priority: .interactive)
            lines.pass(.milliseconds(100))
            if let id = lines.called.last, id != batch { lines.serve(id) }
        }
        // Two classes at a second each, and then those that came before it or are owed as much.
        #expect(rounds < 200, "served after \(rounds) rounds")
    }

    @Test("One that leaves takes nothing of its tenant's share with it")
    func leaving() {
        var lines = WaitingLines()
        let left = (0..<50).compactMap { _ in lines.arrive("a") }
        for id in left { lines.leave(id) }
        #expect(lines.machine.count == 0)
        let a = lines.arrive("a")
        let b = lines.arrive("b")
        #expect(lines.serveAll(2) == [a, b].compactMap(\.self))
    }

    @Test("Weights that are none count as one", arguments: [0, -1, Double.nan, .infinity])
    func strangeWeights(weight: Double) {
        var lines = WaitingLines()
        var owner: [Int: String] = [:]
        for _ in 0..<20 { if let id = lines.arrive("odd", weight: weight) { owner[id] = "odd" } }
        for _ in 0..<20 { if let id = lines.arrive("even") { owner[id] = "even" } }
        #expect(lines.serveAll(20).filter { owner[$0] == "odd" }.count == 10)
    }
}
