extension GatewayBenchReport {
    /// What a run is held against. Every bar that names a peer is a ratio to that peer in the same run.
    var bars: [Bar] { hitBars + semanticBars + missBars + streamBars + processBars }

    /// Goals in microseconds were set beside a peer in a faster hour of such a machine: its figure then says what they
    /// mean in another. Ours counts with Redis' share, the peer's without.
    private func processorBar(_ peer: String, _ limit: Double, _ leg: LegName, _ floor: LegName) -> Bar {
        let (ours, theirs) = (
            median(leg, .ceiling, \.processorTimeWithRedis), median(floor, .ceiling, \.processorTime)
        )
        return Bar(
            goal: "the same ÷ \(peer) ≤ \(Figure.text(limit))", limit: limit,
            measured: ours.flatMap { ours in theirs.flatMap { $0 > 0 ? ours / $0 : nil } })
    }

    private func ratioBar(_ goal: String, _ limit: Double, _ leg: LegName, _ peer: LegName) -> Bar {
        Bar(goal: goal, limit: limit, measured: ratio(leg, to: peer, .single, \.p50))
    }

    private var hitBars: [Bar] {
        [
            ratioBar("exact hit from Redis, p50 ÷ nginx + Lua + Redis ≤ 1.6", 1.6, .exactHit, .luaHit),
            ratioBar("exact hit in process, p50 ÷ nginx proxy_cache ≤ 1.6", 1.6, .hotHit, .nginxCache),
            Bar(
                goal: "exact hit from Redis, CPU with Redis at the ceiling ≤ 60 µs", limit: 60,
                measured: median(.exactHit, .ceiling, \.processorTimeWithRedis)),
        ]
    }

    private var semanticBars: [Bar] {
        [
            Bar(
                goal: "semantic hit among \(entries), text not known, p50 ≤ 1,200 µs", limit: 1_200,
                measured: median(.semanticLarge, .single, \.p50)),
            Bar(
                goal: "the same, CPU with Redis one at a time ≤ 1,100 µs", limit: 1_100,
                measured: median(.semanticLarge, .single, \.processorTimeWithRedis)),
            Bar(
                goal: "the same on all cores, requests/s ≥ 1,500", limit: 1_500,
                measured: median(.semanticWide, .ceiling, \.requestsPerSecond), isFloor: true),
        ]
    }

    private var missBars: [Bar] {
        let ours = added(.exactMiss, to: .direct, .single, \.p50)
        let theirs = added(.luaMiss, to: .direct, .single, \.p50)
        let direct = median(.slowDirect, .slow, \.p50)
        let slow = direct == nil ? nil : median(.slowOurs, .slow, \.p99).map { $0 - Double(GatewayStage.delay) * 1_000 }
        return [
            Bar(
                goal: "miss with exact cache, added p50 ÷ that of nginx + Lua + Redis ≤ 2.5", limit: 2.5,
                measured: ours.flatMap { ours in theirs.flatMap { $0 > 0 ? ours / $0 : nil } }),
            Bar(
                goal: "the same, CPU with Redis at the ceiling ≤ 200 µs", limit: 200,
                measured: median(.exactMiss, .ceiling, \.processorTimeWithRedis)),
            processorBar("nginx + Lua + Redis, which took 40 µs when that was set", 5, .exactMiss, .luaMiss),
            Bar(
                goal: "pass-through, CPU at the ceiling ≤ 100 µs", limit: 100,
                measured: median(.passThrough, .ceiling, \.processorTime)),
            processorBar("nginx, which took 14 µs when that was set", 7.1, .passThrough, .nginx),
            Bar(
                goal: "a request translated to Messages and back, CPU at the ceiling ≤ 450 µs", limit: 450,
                measured: median(.translated, .ceiling, \.processorTime)),
            Bar(
                goal: "2,000/s to a provider of 100 ms, p99 − 100 ms ≤ 10 ms (µs)", limit: 10_000, measured: slow),
        ]
    }

    private var streamBars: [Bar] {
        [
            Bar(
                goal: "stream, first byte p50 ÷ nginx ≤ 2", limit: 2,
                measured: ratio(.streamOurs, to: .streamNginx, .single, \.firstByteP50)),
            Bar(
                goal: "33 frames at full speed, CPU at the ceiling ≤ 400 µs", limit: 400,
                measured: median(.streamOurs, .ceiling, \.processorTime)),
            Bar(
                goal: "a frame from the provider to the client, p99 added to the direct way ≤ 200 µs", limit: 200,
                measured: added(.pacedOurs, to: .pacedDirect, .paced, \.transitP99)),
            Bar(
                goal: "the same, translated from Messages ≤ 200 µs", limit: 200,
                measured: added(.pacedTranslated, to: .pacedDirect, .paced, \.transitP99)),
        ]
    }

    private var processBars: [Bar] {
        [
            Bar(
                goal: "resident, idle without a model ≤ 64 MiB", limit: 64, measured: process.idleWithoutModelMiB),
            Bar(goal: "resident for a mirrored entry ≤ 600 B", limit: 600, measured: process.bytesPerEntry),
            Bar(
                goal: "start with the model to the first answer ≤ 500 ms", limit: 500,
                measured: process.startMilliseconds),
        ]
    }
}
