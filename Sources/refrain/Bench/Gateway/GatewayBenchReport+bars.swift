extension GatewayBenchReport {
    /// nginx with Lua and Redis, as measured in another run on the same kind of machine: µs of p50 on an exact hit and
    /// on a miss. They are quoted, not run: the Lua module and its Redis client are not part of the packages used.
    private static let luaHit = 125.0
    private static let luaMiss = 267.0

    var bars: [Bar] { requestBars + streamBars + processBars }

    private var requestBars: [Bar] {
        let large = windows.map(\.leg).last { $0.hasPrefix("semantic hit, ") && $0 != "semantic hit, 1,000" } ?? ""
        let hitCPU = median("exact hit", 16) { $0.processorTime + $0.redisProcessorTime }
        let missCPU = median("miss, written back", 16) { $0.processorTime + $0.redisProcessorTime }
        return [
            Bar(
                goal: "exact hit p50 ≤ 1.6 × nginx + Lua + Redis (125 µs) = 200 µs", limit: 1.6 * Self.luaHit,
                measured: median("exact hit", 1, \.p50), source: Bar.published),
            Bar(goal: "exact hit CPU with Redis ≤ 60 µs", limit: 60, measured: hitCPU),
            Bar(
                goal: "semantic hit p50, \(large.split(separator: " ").last ?? "100000") entries ≤ 1,200 µs",
                limit: 1_200, measured: median(large, 1, \.p50)),
            Bar(
                goal: "semantic hit CPU, the same ≤ 1,100 µs", limit: 1_100,
                measured: median(large, 1) { $0.processorTime + $0.redisProcessorTime }),
            Bar(
                goal: "miss p50 ≤ 2.5 × nginx + Lua + Redis (267 µs) = 668 µs", limit: 2.5 * Self.luaMiss,
                measured: median("miss, written back", 1, \.p50), source: Bar.published),
            Bar(goal: "miss CPU with Redis ≤ 200 µs", limit: 200, measured: missCPU),
            Bar(
                goal: "pass-through CPU ≤ 200 µs", limit: 200,
                measured: median("pass-through", 16, \.processorTime)),
        ]
    }

    private var streamBars: [Bar] {
        let ours = median("paced refrain", 16, \.gapP99)
        let added = ours.flatMap { ours in median("paced direct", 16, \.gapP99).map { max(ours - $0, 0) } }
        return [
            Bar(
                goal: "stream of 33 frames, CPU ≤ 400 µs", limit: 400,
                measured: median("stream refrain", 16, \.processorTime)),
            Bar(goal: "added gap between frames, p99 ≤ 200 µs", limit: 200, measured: added),
        ]
    }

    private var processBars: [Bar] {
        [
            Bar(
                goal: "resident, idle without a model ≤ 64 MiB", limit: 64,
                measured: positive(process.idleWithoutModelMiB)),
            Bar(goal: "resident for a mirrored entry ≤ 600 B", limit: 600, measured: process.bytesPerEntry),
            Bar(goal: "start with the model ≤ 500 ms", limit: 500, measured: positive(process.startMilliseconds)),
        ]
    }

    private func positive(_ value: Double) -> Double? { value > 0 ? value : nil }
}
