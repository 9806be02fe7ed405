import CoreMetrics
import GatewayTesting
import NIOCore
import Testing

@testable import Telemetry

@Suite("Prometheus text")
struct PrometheusTextTests {
    @Test("The text is, byte for byte, what the format's specification asks for")
    func golden() {
        let registry = PrometheusRegistry(definitions: [
            .counter("b_total", "Counts \\ things\nof two lines.", labels: ["kind"]),
            .histogram("c_size", "Sizes.", buckets: HistogramBuckets([0.5, 2], resolution: 1_000)),
        ])
        Counter(label: "b_total", dimensions: [("kind", "z")], factory: registry).increment(by: 3)
        Counter(label: "b_total", dimensions: [("kind", "a\"b\\c\nd")], factory: registry).increment()
        let sizes = CoreMetrics.Recorder(label: "c_size", factory: registry)
        for value in [0.5, 0.75, 7] { sizes.record(value) }
        Meter(label: "a.gauge", factory: registry).set(-1.5)
        let expected = """
            # TYPE a_gauge gauge
            a_gauge -1.5
            # HELP b_total Counts \\\\ things\\nof two lines.
            # TYPE b_total counter
            b_total{kind="a\\"b\\\\c\\nd"} 1
            b_total{kind="z"} 3
            # HELP c_size Sizes.
            # TYPE c_size histogram
            c_size_bucket{le="0.5"} 1
            c_size_bucket{le="2"} 2
            c_size_bucket{le="+Inf"} 3
            c_size_sum 8.25
            c_size_count 3
            # HELP refrain_metrics_refused_total Series not made because their metric has too many; the empty label \
            counts whole metrics.
            # TYPE refrain_metrics_refused_total counter
            refrain_metrics_refused_total{metric=""} 0

            """
        #expect(expositionText(registry) == expected)
    }

    @Test("The same state always gives the same text, in whatever order it came about")
    func stable() {
        let names = (0..<20).map { "metric_\($0)" }
        func text(_ names: [String], reversedLabels: Bool) -> String {
            let registry = PrometheusRegistry(definitions: [])
            for name in names {
                let labels = [("one", "1"), ("two", "2")]
                Counter(label: name, dimensions: reversedLabels ? labels.reversed() : labels, factory: registry)
                    .increment()
            }
            return expositionText(registry)
        }
        #expect(text(names, reversedLabels: false) == text(names.reversed(), reversedLabels: true))
    }

    @Test("Gauges show infinities and no-numbers as the format spells them")
    func specialNumbers() throws {
        let registry = PrometheusRegistry(definitions: [])
        for (name, value) in [("up", Double.infinity), ("down", -.infinity), ("big", 1e300), ("small", 2.5e-7)] {
            Meter(label: name, factory: registry).set(value)
        }
        Meter(label: "none", factory: registry).set(Double.nan)
        let text = expositionText(registry)
        #expect(text.contains("up +Inf\n") && text.contains("down -Inf\n") && text.contains("none NaN\n"))
        let parsed = try ExpositionParser(text)
        #expect(parsed.value("big") == 1e300)
        #expect(parsed.value("small") == 2.5e-7)
    }

    @Test("Whatever names and labels hold, the text parses and label values come back unchanged")
    func randomText() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("ab9_:-.{}\"\\\n\r\t ,=#é😀\u{0}\u{2028}").map(String.init)
        func text(_ generator: inout SeededGenerator) -> String {
            (0..<Int.random(in: 0...8, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "" }
                .joined()
        }
        for _ in 0..<300 {
            let registry = PrometheusRegistry(definitions: [])
            let value = text(&generator)
            let labels = [("k", value), (text(&generator), "v")]
            Counter(label: "c" + text(&generator), dimensions: labels, factory: registry).increment(by: 7)
            Timer(label: "t" + text(&generator), dimensions: [("k", value), ("le", "x")], factory: registry)
                .recordNanoseconds(5)
            let parsed = try exposition(registry)
            let samples = parsed.families.filter { $0.key != "refrain_metrics_refused_total" }.values.flatMap(\.samples)
            let comment: Comment = "seed \(seed)"
            #expect(samples.contains { $0.value == 7 }, comment)
            // Compared by bytes: Swift takes differently composed characters for equal.
            #expect(samples.allSatisfy { $0.labels["k"].map { Array($0.utf8) } == Array(value.utf8) }, comment)
        }
    }

    @Test(
        "Names are brought into Prometheus' grammar",
        arguments: [
            ("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("", "_"), ("job:rate", "job:rate"), ("été", "_t_"),
        ])
    func metricNames(given: String, expected: String) {
        #expect(PrometheusName.metric(given) == expected)
    }

    @Test(
        "Label names are too, and keep out of what is Prometheus' own",
        arguments: [("a:b", "a_b"), ("__name__", "label___name__"), ("le", "label_le"), ("1", "_1"), ("ok", "ok")])
    func labelNames(given: String, expected: String) {
        #expect(PrometheusName.label(given) == expected)
    }

    @Test("Of labels that become one name, the first counts")
    func duplicateLabels() {
        #expect(PrometheusName.rendered([("a.b", "1"), ("a_b", "2"), ("a", "3")]) == #"a="3",a_b="1""#)
    }
}
