import CoreMetrics
import GatewayCore
import NIOConcurrencyHelpers
import Pipeline
import SemanticCache
import Telemetry

/// Shows how decisions about hits stand when somebody looks at the metrics: for each tenant and route, as namespaces
/// are the callers' to name.
final class DecisionScrape: Sendable {
    private typealias Place = Instruments.Deciding.Place

    /// All namespaces of a place together.
    private struct Sum {
        var counts = DecisionCounts()
        var estimate = LiveEstimate()
        /// Of the namespace in which most was decided.
        var busiest = 0
        var floor = Double.infinity
        var provenFloor = Double.infinity

        mutating func add(_ standing: DecisionStanding) {
            counts.merge(standing.counts)
            estimate.merge(standing.estimate)
            let decisions = standing.counts.served + standing.counts.missed
            guard decisions >= busiest else { return }
            (busiest, floor, provenFloor) = (decisions, standing.counts.floor, standing.provenFloor)
        }
    }

    private let instruments: Instruments.Deciding
    private let desk: DecisionDesk
    private let labels: FreeLabels?
    /// What was added to the counters already.
    private let shown = NIOLockedValueBox((places: [Place: DecisionCounts](), labels: LabelTally()))

    init(_ instruments: Instruments.Deciding, desk: DecisionDesk, labels: FreeLabels?) {
        self.instruments = instruments
        self.desk = desk
        self.labels = labels
    }

    func show() {
        var sums: [Place: Sum] = [:]
        for standing in desk.standings {
            let place = Place(tenant: standing.space.owner.tenant.description, route: standing.space.route)
            sums[place, default: Sum()].add(standing)
        }
        for (place, sum) in sums {
            let before = shown.withLockedValue { shown in
                defer { shown.places[place] = sum.counts }
                return shown.places[place] ?? DecisionCounts()
            }
            count(place, sum.counts, before)
            instruments.floor(place).set(sum.floor)
            instruments.provenFloor(place).set(sum.provenFloor)
            guard let share = sum.estimate.wrongShare else { continue }
            instruments.wrongHits(place, "estimate").set(share.estimate)
            instruments.wrongHits(place, "low").set(share.low)
            instruments.wrongHits(place, "high").set(share.high)
        }
        showLabels()
    }

    /// Of namespaces that were forgotten, less may be known than was shown.
    private func count(_ place: Place, _ now: DecisionCounts, _ before: DecisionCounts) {
        func add(_ counter: CoreMetrics.Counter, _ path: KeyPath<DecisionCounts, Int>) {
            counter.increment(by: max(now[keyPath: path] - before[keyPath: path], 0))
        }
        add(instruments.decisions(place, "served"), \.served)
        add(instruments.decisions(place, "explored"), \.explored)
        add(instruments.decisions(place, "missed"), \.missed)
        add(instruments.labels(place, "right"), \.labelsRight)
        add(instruments.labels(place, "wrong"), \.labelsWrong)
        add(instruments.drifts(place), \.drifts)
    }

    private func showLabels() {
        guard let labels else { return }
        let (before, now) = shown.withLockedValue { shown in
            let counts = labels.counts
            defer { shown.labels = counts }
            return (shown.labels, counts)
        }
        instruments.compared("same").increment(by: now.same - before.same)
        instruments.compared("different").increment(by: now.different - before.different)
        instruments.compared("unsure").increment(by: now.unsure - before.unsure)
        instruments.compared("dropped").increment(by: now.dropped - before.dropped)
    }
}
