import GatewayCore
import SemanticCache

/// What the record of the cache's decisions says: floors and what they would have come to, a recommendation, and the
/// near-duplicates that mislead most.
struct CacheReport {
    let floors: FloorReport
    /// The plain cosine over the same requests, where something better decides.
    let plain: FloorReport?
    /// Wrong hits per hit that are allowed.
    let budget: Double
    /// Between the first and the last request.
    let span: Duration
    let shadowRequests: Int
    let routes: [String]

    /// - Parameter route: of this configured route alone; nil for all.
    init(_ history: LookupHistory, budget: Double, route: String? = nil) {
        let lookups = history.all.filter { route == nil || $0.route == route }
        let scored = lookups.count { $0.score != nil }
        let isScored = scored > 0 && scored * 2 >= lookups.count { $0.similarity != nil }
        floors = FloorReport(lookups, axis: isScored ? .score : .similarity, budget: budget)
        plain = isScored ? FloorReport(lookups, axis: .similarity, budget: budget) : nil
        self.budget = budget
        let times = lookups.map(\.time)
        span = if let first = times.min(), let last = times.max() { last - first } else { .zero }
        shadowRequests = lookups.count { $0.isShadow }
        routes = Set(lookups.map(\.route)).sorted()
    }

    /// Hits on similar questions that something was found out about.
    var labels: Int { floors.floors.map(\.labels).max() ?? 0 }

    /// What a floor is called: a cosine, or a calibrated score in log odds.
    var axisName: String { floors.axis == .score ? "score" : "cosine" }

    func name(of floor: FloorReport.Floor) -> String {
        guard let value = floor.floor else { return "as decided" }
        return ReportNumber.fixed(value, digits: floors.axis == .score ? 1 : 2)
    }

    /// Floors that differ from the one before in what they would serve: the others say nothing new.
    var telling: [FloorReport.Floor] {
        var last = -1
        return floors.floors.filter { floor in
            defer { last = floor.hits }
            return floor.hits != last
        }
    }

    /// One sentence for the operator.
    var advice: String {
        guard floors.requests > 0 else { return "Nothing is recorded yet." }
        guard let floor = floors.recommended, let wrong = floor.wrong else {
            guard labels > 0 else {
                return "No floor can be recommended: nothing is known yet about any of these answers. A judge "
                    + "(cache.audit.model) or an error budget (max_wrong_hits) finds it out."
            }
            return "No floor is proven to keep \(ReportNumber.percent(budget)) % yet: \(ReportNumber.count(labels)) "
                + "answers were looked into. 299 without a mistake prove 1 %."
        }
        return "Serve from a \(axisName) of \(name(of: floor)): \(ReportNumber.percent(floor.hitShare)) % of requests, "
            + "and at most \(ReportNumber.percent(wrong.limit)) % of hits wrong, with 95 % of certainty."
    }
}
