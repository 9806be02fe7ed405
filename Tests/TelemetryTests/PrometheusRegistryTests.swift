import CoreMetrics
import Testing

@testable import Telemetry

@Suite("Prometheus registry")
struct PrometheusRegistryTests {
    @Test("Label sets beyond the limit share one series, and each refusal is counted")
    func overflow() throws {
        let registry = PrometheusRegistry(definitions: [], seriesLimit: 3)
        for index in 0..<10 {
            Counter(label: "c", dimensions: [("id", "\(index)")], factory: registry).increment()
        }
        // Those that found room stay what they are.
        Counter(label: "c", dimensions: [("id", "2")], factory: registry).increment(by: 5)
        let parsed = try exposition(registry)
        #expect(parsed.families["c"]?.samples.count == 4)
        #expect(parsed.value("c", ["overflow": "true"]) == 7)
        #expect(parsed.value("c", ["id": "2"]) == 6)
        #expect(parsed.value("refrain_metrics_refused_total", ["metric": "c"]) == 7)
        #expect(parsed.value("refrain_metrics_refused_total", ["metric": ""]) == 0)
    }

    @Test("Names beyond the limit and names of another kind can be recorded, are not shown, and are counted")
    func refusedNames() throws {
        let registry = PrometheusRegistry(definitions: [.gauge("known", "A gauge.")], nameLimit: 2)
        Counter(label: "one", factory: registry).increment()
        Meter(label: "one", factory: registry).set(9)
        Counter(label: "known", factory: registry).increment()
        Meter(label: "known", factory: registry).set(4)
        Counter(label: "three", factory: registry).increment()
        let parsed = try exposition(registry)
        #expect(parsed.order == ["known", "one", "refrain_metrics_refused_total"])
        #expect(parsed.value("one") == 1)
        #expect(parsed.value("known") == 4)
        #expect(parsed.value("refrain_metrics_refused_total", ["metric": ""]) == 3)
    }

    @Test("A counter never falls, and numbers that are none do not spoil it")
    func counterGuards() throws {
        let registry = PrometheusRegistry(definitions: [])
        let whole = Counter(label: "whole", factory: registry)
        whole.increment(by: 5)
        whole.increment(by: -3)
        let real = CounterSeries()
        for amount in [1.25, -.infinity, .nan, -1, .infinity] { real.increment(by: amount) }
        #expect(try exposition(registry).value("whole") == 5)
        #expect(real.value == 1.25)
        real.reset()
        #expect(real.value == 0)
    }

    @Test("A handle that is destroyed does not take back what it counted")
    func destroy() throws {
        let registry = PrometheusRegistry(definitions: [])
        let counter = Counter(label: "c", factory: registry)
        counter.increment()
        counter.destroy()
        Counter(label: "c", factory: registry).increment()
        #expect(try exposition(registry).value("c") == 2)
    }

    @Test("Recorders aggregate into histograms, gauges show their last value")
    func kinds() throws {
        let registry = PrometheusRegistry(definitions: [])
        let gauge = Gauge(label: "g", factory: registry)
        gauge.record(3)
        gauge.record(2.5)
        CoreMetrics.Recorder(label: "r", factory: registry).record(3)
        let parsed = try exposition(registry)
        #expect(parsed.value("g") == 2.5)
        #expect(parsed.families["r"]?.type == "histogram")
        #expect(parsed.value("r_bucket", ["le": "1"]) == 0)
        #expect(parsed.value("r_bucket", ["le": "10"]) == 1)
    }

    @Test("Labels that appear at run time are found again, and beyond the limit still recorded")
    func labelledHandles() throws {
        let registry = PrometheusRegistry(definitions: [], seriesLimit: 2)
        let handles = LabelledHandles<Int, Counter>(limit: 2) {
            Counter(label: "c", dimensions: [("id", "\($0)")], factory: registry)
        }
        #expect(handles[1] === handles[1])
        for key in [1, 2, 3, 3] { handles[key].increment() }
        let parsed = try exposition(registry)
        #expect(parsed.value("c", ["id": "1"]) == 1)
        #expect(parsed.value("c", ["overflow": "true"]) == 2)
    }
}
