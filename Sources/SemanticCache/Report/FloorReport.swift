/// What each floor of likeness would have served of the requests that came, and how much of it wrongly.
///
/// Pure. The lookups are a sample of what came; what is counted is theirs.
package struct FloorReport: Sendable {
    /// By what candidates are ordered.
    package enum Axis: Sendable, Equatable {
        /// The cosine of the two questions, as `threshold` sets it.
        case similarity
        /// The calibrated score, in log odds.
        case score

        fileprivate func value(_ lookup: RecordedLookup) -> Double? {
            switch self {
            case .similarity: lookup.similarity
            case .score: lookup.score
            }
        }

        /// From strict to loose.
        fileprivate var floors: [Double] {
            switch self {
            case .similarity: (0...30).map { Double(99 - $0) / 100 }
            case .score: (0...28).map { 10 - Double($0) / 2 }
            }
        }
    }

    /// Serving from one floor upwards.
    package struct Floor: Sendable, Equatable {
        /// Nil for what was decided request by request.
        package let floor: Double?
        /// Answers to equal questions are among them.
        package let hits: Int
        /// Hits by requests.
        package let hitShare: Double
        /// How many hits on similar questions were looked into.
        package let labels: Int
        /// Wrong hits by hits; nil when nothing is known of them, or of some of them.
        package let wrong: WrongShare?
        /// What the answers cost that need not be asked for, in billionths of a dollar.
        package let saved: Int
    }

    package let axis: Axis
    package let requests: Int
    package let exactHits: Int
    /// What the requests would cost without a cache, in billionths of a dollar, as far as it is known.
    package let cost: Int
    /// What looking into hits has cost.
    package let auditCost: Int
    /// From strict to loose.
    package let floors: [Floor]
    /// What was decided then, as a floor that is none; nil when nothing was served on a similar question.
    package let decided: Floor?
    /// The loosest floor proven to keep the budget, nil when none is.
    package let recommended: Floor?
    /// Wrong near-duplicates, the most alike first.
    package let worst: [RecordedLookup]

    /// How many of ``worst`` there are at most.
    package static let worstLimit = 20

    /// - Parameter budget: wrong hits per hit that are allowed.
    package init(_ lookups: [RecordedLookup], axis: Axis, budget: Double) {
        self.axis = axis
        let exact = lookups.filter { $0.action == .exact }
        let similar = lookups.filter { $0.action != .exact && axis.value($0) != nil }
        let tally = FloorTally(requests: lookups.count, exact: exact, axis: axis)
        requests = lookups.count
        exactHits = exact.count
        cost = FloorTally.cost(lookups)
        auditCost = lookups.reduce(0) { FloorTally.sum($0, $1.label?.cost ?? 0) }
        floors = axis.floors.map { floor in
            tally.floor(floor, similar.filter { axis.value($0) ?? -.infinity >= floor })
        }
        let served = similar.filter(\.isServable)
        decided = served.isEmpty ? nil : tally.floor(nil, served)
        recommended = Self.recommend(floors, budget: budget)
        worst = Array(
            similar.filter { $0.label?.isRight == false }
                .sorted { axis.value($0) ?? 0 > axis.value($1) ?? 0 }.prefix(Self.worstLimit))
    }

    /// Fixed-sequence testing, as ``FloorCertification`` has it: from strict to loose until the first that is not
    /// proven. Floors with too few labels to be proven even without a mistake are no test.
    private static func recommend(_ floors: [Floor], budget: Double) -> Floor? {
        var proven: Floor?
        for floor in floors {
            guard let wrong = floor.wrong else { continue }
            if wrong.limit <= budget {
                // Of floors that serve the same the strictest: below it nothing is known.
                if floor.hits != proven?.hits { proven = floor }
            } else if wrong.estimate > 0 {
                break
            }
        }
        return proven
    }
}

/// What all floors of one report share.
private struct FloorTally {
    let requests: Int
    let exact: [RecordedLookup]
    let axis: FloorReport.Axis
    private let floors: [Double]

    init(requests: Int, exact: [RecordedLookup], axis: FloorReport.Axis) {
        self.requests = requests
        self.exact = exact
        self.axis = axis
        floors = axis.floors
    }

    /// Between which floors a lookup stands: how many are stricter than it.
    private func bin(_ lookup: RecordedLookup) -> Int {
        guard let value = axis.value(lookup) else { return .max }
        return floors.firstIndex { value >= $0 } ?? floors.count
    }

    func floor(_ floor: Double?, _ similar: [RecordedLookup]) -> FloorReport.Floor {
        let hits = exact.count + similar.count
        let labels = similar.count { $0.label != nil }
        let weighed = WeighedLabel.weighed(similar, bin: bin)
        let part = hits > 0 ? Double(similar.count) / Double(hits) : 0
        return FloorReport.Floor(
            floor: floor, hits: hits, hitShare: requests > 0 ? Double(hits) / Double(requests) : 0,
            labels: labels, wrong: weighed.flatMap { WrongShare($0) }?.diluted(to: part),
            saved: Self.sum(Self.cost(exact), Self.cost(similar)))
    }

    static func cost(_ lookups: [RecordedLookup]) -> Int { lookups.reduce(0) { sum($0, $1.cost ?? 0) } }

    static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : sum
    }
}
