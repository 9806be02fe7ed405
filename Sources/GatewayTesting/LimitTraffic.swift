/// Arrivals against a limit of a minute, made from a seed.
package enum LimitTraffic: String, Sendable, CaseIterable, CustomStringConvertible {
    case steady = "twice the limit, steady"
    case light = "just under the limit, steady"
    case bursts = "a whole limit within five seconds, at random"
    case edge = "a whole limit just before and just after every second minute"
    case onOff = "eight times the limit for 12 s, then nothing for 12 s"

    package var description: String { rawValue }

    /// One call that asks for room.
    package struct Arrival: Sendable {
        /// Since the start.
        package let milliseconds: Int
        package let tokens: Int
    }

    /// In their order, over `seconds`.
    ///
    /// - Parameter limit: calls a minute; with `tokens` on average.
    package func arrivals(limit: Int, seconds: Int, tokens: ClosedRange<Int>, seed: UInt64) -> [Arrival] {
        var generator = SeededGenerator(seed: seed)
        let end = seconds * 1_000
        var times: [Int] = []
        switch self {
        case .steady: times = Self.poisson(0..<end, perMinute: limit * 2, &generator)
        case .light: times = Self.poisson(0..<end, perMinute: limit * 95 / 100, &generator)
        case .bursts:
            var start = 0
            while start < end {
                times += (0..<limit).map { _ in start + Int.random(in: 0..<5_000, using: &generator) }
                start += Int.random(in: 5_000..<70_000, using: &generator)
            }
        case .edge:
            for minute in stride(from: 60_000, to: end, by: 120_000) {
                times += (0..<limit).map { _ in minute - Int.random(in: 1...1_000, using: &generator) }
                times += (0..<limit).map { _ in minute + Int.random(in: 0..<1_000, using: &generator) }
            }
        case .onOff:
            let phase = Int.random(in: 0..<24_000, using: &generator)
            for start in stride(from: -phase, to: end, by: 24_000) {
                times += Self.poisson(start..<(start + 12_000), perMinute: limit * 8, &generator)
            }
        }
        return times.filter { (0..<end).contains($0) }.sorted()
            .map { Arrival(milliseconds: $0, tokens: .random(in: tokens, using: &generator)) }
    }

    private static func poisson(
        _ range: Range<Int>, perMinute: Int, _ generator: inout SeededGenerator
    ) -> [Int] {
        // As many as on average, each anywhere: what a Poisson process gives once its count is known.
        let count = range.count * perMinute / 60_000
        return (0..<count).map { _ in Int.random(in: range, using: &generator) }
    }
}
