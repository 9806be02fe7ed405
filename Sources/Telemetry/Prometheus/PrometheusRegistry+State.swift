extension PrometheusRegistry {
    /// The families and their bounds: the pure half, driven under the registry's lock.
    struct State: Sendable {
        private let definitions: [String: MetricDefinition]
        private let seriesLimit: Int
        private let nameLimit: Int
        private(set) var families: [String: PrometheusFamily] = [:]
        /// Names that found no room, or were asked for as two kinds.
        private(set) var refusedNames = 0

        init(definitions: [MetricDefinition], seriesLimit: Int, nameLimit: Int) {
            self.definitions = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
            self.seriesLimit = seriesLimit
            self.nameLimit = nameLimit
        }

        /// The series of `name` with these labels. One that is never shown when the name is taken by another kind
        /// or there are too many names: whoever records must not fail because of it.
        mutating func series(
            _ name: String, _ kind: MetricKind, labels: String, buckets: HistogramBuckets
        ) -> PrometheusFamily.Series {
            if let family = families[name] {
                guard family.kind == kind else { return detached(name, kind, buckets) }
            } else {
                let definition = definitions[name]
                guard families.count < nameLimit, definition == nil || definition?.kind == kind else {
                    return detached(name, kind, buckets)
                }
                families[name] = PrometheusFamily(
                    name: name, kind: kind, help: definition?.help ?? "", buckets: definition?.buckets ?? buckets)
            }
            return families[name]?.series(labels: labels, limit: seriesLimit) ?? detached(name, kind, buckets)
        }

        private mutating func detached(
            _ name: String, _ kind: MetricKind, _ buckets: HistogramBuckets
        ) -> PrometheusFamily.Series {
            refusedNames = min(refusedNames, .max - 1) + 1
            return PrometheusFamily(name: name, kind: kind, help: "", buckets: buckets).makeSeries()
        }
    }
}
