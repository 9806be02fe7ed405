package import CoreMetrics

/// The metrics of decisions about hits under an error budget.
extension Instruments {
    static let deciding: [MetricDefinition] = [
        hitDecisions, hitLabels, hitDrifts, wrongHits, hitFloor, hitProvenFloor, comparisons,
    ]

    static let hitDecisions = MetricDefinition.counter(
        "refrain_hit_decisions_total", "Similar questions decided about under an error budget, by what came of it.",
        labels: ["tenant", "route", "action"])
    static let hitLabels = MetricDefinition.counter(
        "refrain_hit_labels_total", "What was learned of decisions: whether the stored answer would have been right.",
        labels: ["tenant", "route", "result"])
    static let hitDrifts = MetricDefinition.counter(
        "refrain_hit_drifts_total", "How often stored answers were found to have become wrong more often.",
        labels: ["tenant", "route"])
    static let wrongHits = MetricDefinition.gauge(
        "refrain_wrong_hits_ratio", "Wrong hits per hit by this replica's estimate, and its 95 % interval's ends.",
        labels: ["tenant", "route", "bound"])
    static let hitFloor = MetricDefinition.gauge(
        "refrain_hit_floor", "The lowest score served in the busiest namespace, in log odds; +Inf while none is.",
        labels: ["tenant", "route"])
    static let hitProvenFloor = MetricDefinition.gauge(
        "refrain_hit_proven_floor", "The lowest score there that labels have proven to keep the budget.",
        labels: ["tenant", "route"])
    static let comparisons = MetricDefinition.counter(
        "refrain_answer_comparisons_total", "Fresh answers compared with stored ones, by what was found.",
        labels: ["result"])

    /// The handles of these.
    package struct Deciding: Sendable {
        /// Where decisions are counted. Callers name namespaces, so these are no label.
        package struct Place: Hashable, Sendable {
            let tenant: String
            let route: String

            package init(tenant: String, route: String) {
                self.tenant = tenant
                self.route = route
            }
        }

        package let drifts: @Sendable (Place) -> Counter
        package let floor: @Sendable (Place) -> Meter
        package let provenFloor: @Sendable (Place) -> Meter
        private let decided: LabelledHandles<Labels, Counter>
        private let learned: LabelledHandles<Labels, Counter>
        private let wrong: LabelledHandles<Labels, Meter>
        private let verdicts: LabelledHandles<String, Counter>

        private struct Labels: Hashable {
            let place: Place
            let value: String
        }

        init(factory: any MetricsFactory) {
            let drifted = LabelledHandles<Place, Counter> {
                Instruments.hitDrifts.counter($0.tenant, $0.route, on: factory)
            }
            let floors = LabelledHandles<Place, Meter> { Instruments.hitFloor.meter($0.tenant, $0.route, on: factory) }
            let proven = LabelledHandles<Place, Meter> {
                Instruments.hitProvenFloor.meter($0.tenant, $0.route, on: factory)
            }
            drifts = { drifted[$0] }
            floor = { floors[$0] }
            provenFloor = { proven[$0] }
            decided = LabelledHandles {
                Instruments.hitDecisions.counter($0.place.tenant, $0.place.route, $0.value, on: factory)
            }
            learned = LabelledHandles {
                Instruments.hitLabels.counter($0.place.tenant, $0.place.route, $0.value, on: factory)
            }
            wrong = LabelledHandles {
                Instruments.wrongHits.meter($0.place.tenant, $0.place.route, $0.value, on: factory)
            }
            verdicts = LabelledHandles { Instruments.comparisons.counter($0, on: factory) }
        }

        /// - Parameter action: `served`, `explored` or `missed`.
        package func decisions(_ place: Place, _ action: String) -> Counter {
            decided[Labels(place: place, value: action)]
        }

        /// - Parameter result: `right` or `wrong`.
        package func labels(_ place: Place, _ result: String) -> Counter {
            learned[Labels(place: place, value: result)]
        }

        /// - Parameter bound: `estimate`, `low` or `high`.
        package func wrongHits(_ place: Place, _ bound: String) -> Meter { wrong[Labels(place: place, value: bound)] }

        /// - Parameter verdict: `same`, `different` or `unsure`; `dropped` when nobody has looked.
        package func compared(_ verdict: String) -> Counter { verdicts[verdict] }
    }
}
