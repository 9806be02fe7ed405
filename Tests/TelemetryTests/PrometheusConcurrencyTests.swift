import CoreMetrics
import Testing

@testable import Telemetry

@Suite("Prometheus registry: many tasks at once")
struct PrometheusConcurrencyTests {
    @Test("Increments from many tasks at once are all counted, whoever made the handle")
    func concurrentIncrements() async throws {
        let registry = PrometheusRegistry(definitions: [])
        await withTaskGroup { group in
            for task in 0..<16 {
                group.addTask {
                    let counter = Counter(label: "hits", dimensions: [("k", "v")], factory: registry)
                    let real = FloatingPointCounter(label: "cost", factory: registry)
                    let gauge = Meter(label: "level", factory: registry)
                    let timer = Timer(label: "time", factory: registry)
                    for index in 0..<5_000 {
                        counter.increment()
                        real.increment(by: 0.5)
                        if task % 2 == 0 { gauge.increment() } else { gauge.decrement() }
                        timer.recordNanoseconds(Int64(index) * 1_000)
                    }
                }
            }
        }
        let parsed = try exposition(registry)
        #expect(parsed.value("hits", ["k": "v"]) == 80_000)
        #expect(parsed.value("cost") == 40_000)
        #expect(parsed.value("level") == 0)
        #expect(parsed.value("time_count") == 80_000)
        // 0 + 1 + … + 4,999 µs, sixteen times.
        #expect(parsed.value("time_sum") == 16 * 12.497_5)
    }

    @Test("Additions of fractions that meet each other are all counted")
    func concurrentFractions() async {
        let counter = CounterSeries()
        let gauge = GaugeSeries()
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    // A loop so tight that additions do meet on any machine with two cores.
                    for _ in 0..<1_000_000 {
                        counter.increment(by: 0.5)
                        gauge.increment(by: 0.25)
                    }
                }
            }
        }
        #expect(counter.value == 2_000_000)
        #expect(gauge.value == 1_000_000)
    }

    @Test("Scrapes while others record always show consistent histograms")
    func scrapeWhileRecording() async throws {
        let registry = PrometheusRegistry(definitions: [])
        let writers = 4
        try await withThrowingTaskGroup { group in
            for writer in 0..<writers {
                group.addTask {
                    for index in 0..<1_000 {
                        let labels = [("w", "\(writer)"), ("i", "\(index % 4)")]
                        Timer(label: "time", dimensions: labels, factory: registry)
                            .recordNanoseconds(Int64(index) * 100_000)
                    }
                }
            }
            group.addTask { for _ in 0..<5 { _ = try exposition(registry) } }
            try await group.waitForAll()
        }
        let family = try #require(try exposition(registry).families["time"])
        let counts = family.samples.filter { $0.name == "time_count" }
        #expect(counts.count == writers * 4)
        #expect(counts.map(\.value).reduce(0, +) == Double(writers * 1_000))
    }
}
