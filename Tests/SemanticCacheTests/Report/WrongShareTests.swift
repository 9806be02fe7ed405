import Testing

@testable import SemanticCache

@Suite("The share of wrong hits")
struct WrongShareTests {
    private func labels(right: Int, wrong: Int, weight: Double = 1) -> [WeighedLabel] {
        Array(repeating: WeighedLabel(isRight: true, weight: weight), count: right)
            + Array(repeating: WeighedLabel(isRight: false, weight: weight), count: wrong)
    }

    @Test("Its limits are Clopper and Pearson's")
    func limits() throws {
        // From tables: 1 of 10 has the interval 0.25 to 44.5 %; 299 without a mistake prove 1 %.
        let few = try #require(WrongShare(labels(right: 9, wrong: 1)))
        #expect(few.estimate == 0.1)
        #expect(abs(few.low - 0.002_529) < 1e-5)
        #expect(abs(few.high - 0.445_016) < 1e-5)
        let clean = try #require(WrongShare(labels(right: 299, wrong: 0)))
        #expect(clean.estimate == 0 && clean.low == 0)
        #expect(clean.limit < 0.01 && clean.limit > 0.0099)
        #expect(try #require(WrongShare(labels(right: 298, wrong: 0))).limit > 0.01)
        let bad = try #require(WrongShare(labels(right: 0, wrong: 5)))
        #expect(bad.estimate == 1 && bad.high == 1)
        #expect(WrongShare([] as [WeighedLabel]) == nil)
    }

    @Test("What was seldom looked into counts for more, and says less")
    func weights() throws {
        // Ten right ones that were all looked into, one wrong of which only a tenth was: it stands for ten.
        let labels = labels(right: 10, wrong: 0) + labels(right: 0, wrong: 1, weight: 10)
        let share = try #require(WrongShare(labels))
        #expect(abs(share.estimate - 0.5) < 1e-12)
        // 20² ÷ (10 + 100) even draws.
        let even = try #require(WrongShare(self.labels(right: 10, wrong: 10)))
        #expect(share.high - share.low > even.high - even.low)
        // Where all are looked into as seldom, the rate is of no account.
        let seldom = try #require(WrongShare(self.labels(right: 20, wrong: 3, weight: 5)))
        let always = try #require(WrongShare(self.labels(right: 20, wrong: 3)))
        #expect(abs(seldom.high - always.high) < 1e-9 && abs(seldom.low - always.low) < 1e-9)
    }

    @Test("Hits that cannot be wrong make the share smaller in all its parts")
    func dilution() throws {
        let share = try #require(WrongShare(labels(right: 9, wrong: 1)))
        let half = share.diluted(to: 0.5)
        #expect(half.estimate == 0.05 && half.low == share.low / 2 && half.high == share.high / 2)
        #expect(half.limit == share.limit / 2)
    }
}
