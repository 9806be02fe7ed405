import Testing

@testable import Routing

@Suite("Quantiles of the last values")
struct RecentValuesTests {
    @Test("Any quantile is that of the last values sorted, whatever came before", arguments: [1, 2, 7, 200])
    func againstSorting(capacity: Int) {
        var generator = MixGenerator(seed: 21)
        var recent = RecentValues(capacity: capacity)
        var all: [Int] = []
        for _ in 0..<1000 {
            let value = Int.random(in: -20...20, using: &generator)
            recent.add(value)
            all.append(value)
            let last = all.suffix(capacity).sorted()
            for percent in [0, 1, 50, 90, 100] {
                // The definition: the smallest value that at least so many do not exceed.
                let expected = last.first { value in last.count { $0 <= value } * 100 >= percent * last.count }
                #expect(recent.quantile(percent: percent) == expected)
            }
        }
        #expect(recent.count == capacity)
    }

    @Test("Nothing has no quantile, and values beyond 32 bits are held as the largest")
    func limits() {
        var recent = RecentValues(capacity: 3)
        #expect(recent.quantile(percent: 90) == nil)
        recent.add(.max)
        recent.add(.min)
        #expect(recent.quantile(percent: 100) == Int(Int32.max))
        #expect(recent.quantile(percent: 1) == Int(Int32.min))
    }
}
