/// A family at the moment of a scrape: a recorded one, or figures that are only read then.
struct ExposedFamily: Sendable {
    /// A recorded series, or a figure.
    enum Value: Sendable {
        case series(PrometheusFamily.Series)
        case whole(Int)
        case real(Double)
    }

    let name: String
    let kind: MetricKind
    let help: String
    /// Label text and value, sorted by the former.
    let values: [(labels: String, value: Value)]

    init(_ family: PrometheusFamily) {
        name = family.name
        kind = family.kind
        help = family.help
        values = family.series.map { ($0.key, .series($0.value)) }.sorted { $0.labels < $1.labels }
    }

    init(_ definition: MetricDefinition, _ values: [(labels: String, value: Value)]) {
        name = definition.name
        kind = definition.kind
        help = definition.help
        self.values = values.sorted { $0.labels < $1.labels }
    }

    /// How many series and names were not given room: a label value that should not be one shows here.
    static func refusals(of families: [PrometheusFamily], names: Int) -> ExposedFamily {
        var values: [(labels: String, value: Value)] = [("metric=\"\"", .whole(names))]
        for family in families where family.refused > 0 {
            values.append((PrometheusName.rendered([("metric", family.name)]), .whole(family.refused)))
        }
        return ExposedFamily(refusalsDefinition, values)
    }

    static let refusalsDefinition = MetricDefinition.counter(
        "refrain_metrics_refused_total",
        "Series not made because their metric has too many; the empty label counts whole metrics.",
        labels: ["metric"])
}
