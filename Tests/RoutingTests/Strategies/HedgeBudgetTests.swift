import GatewayTesting
import Testing

@testable import Routing

@Suite("Hedged requests")
struct HedgeBudgetTests {
    @Test("With everything late one request in twenty is sent twice, and five in a row at most")
    func budget() {
        var budget = HedgeBudget(HedgeRule())
        var hedges = 0
        for request in 1...10_000 {
            budget.count()
            if budget.spend() { hedges += 1 }
            #expect(hedges <= request / 20)
        }
        #expect(hedges == 500)
        for _ in 0..<1_000 { budget.count() }
        #expect((0..<20).count { _ in budget.spend() } == 5)
    }

    @Test("The quantile is taken from the last hundred answers of twenty minutes")
    func quantile() {
        var sample = FirstTokenSample()
        func add(_ milliseconds: Int, at time: Int64) {
            let first: Duration = .milliseconds(milliseconds)
            sample.add(.answered(timeToFirstToken: first, duration: .seconds(9), outputTokens: 5), now: time)
        }
        for number in 1...19 { add(number, at: 0) }
        #expect(sample.quantile(0.95, now: 0) == nil)
        for number in 20...100 { add(number, at: 0) }
        #expect(sample.quantile(0.95, now: 0) == .milliseconds(95))
        #expect(sample.quantile(1, now: 0) == .milliseconds(100))
        for number in 101...150 { add(number, at: 60_000) }
        #expect(sample.quantile(0.5, now: 60_000) == .milliseconds(100))
        // The first fifty have aged out.
        #expect(sample.quantile(0.5, now: 1_200_001) == .milliseconds(125))
        sample.add(.hardFailure(waited: .seconds(60)), now: 60_000)
        #expect(sample.quantile(1, now: 60_000) == .milliseconds(150))
    }
}
