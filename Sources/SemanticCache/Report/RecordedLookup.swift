package import GatewayCore

/// One lookup of the record of the cache's decisions, with what was found out about it later.
package struct RecordedLookup: Sendable, Equatable {
    /// What was decided. The raw value stands in the record.
    package enum Action: String, Sendable {
        /// An equal question's answer was served.
        case exact
        /// A similar question's answer was served, or would have been in shadow mode.
        case serve
        /// It could have been, and was given up to learn whether rightly.
        case explore
        case miss
    }

    package let request: String
    package let time: UnixTime
    package let route: String
    package let isShadow: Bool
    package let action: Action
    /// Of the nearest candidate that the guard did not refuse; nil when there was none.
    package var similarity: Double?
    /// The calibrated score of the same; nil where likeness alone decides.
    package var score: Double?
    /// What the answer costs or cost, in billionths of a dollar; nil when that is not known.
    package var cost: Int?
    package var label: RecordedLabel?

    package init(
        request: String, time: UnixTime, route: String, isShadow: Bool = false, action: Action,
        similarity: Double? = nil, score: Double? = nil, cost: Int? = nil, label: RecordedLabel? = nil
    ) {
        self.request = request
        self.time = time
        self.route = route
        self.isShadow = isShadow
        self.action = action
        self.similarity = similarity
        self.score = score
        self.cost = cost
        self.label = label
    }

    /// Reads a line of the record; nil for a line of another kind, or one that is damaged.
    package init?(_ line: JSONElement) {
        guard let request = line["id"]?.string, let time = line["at"]?.integer,
            let action = line["action"]?.string.flatMap(Action.init)
        else { return nil }
        self.init(
            request: request, time: UnixTime(milliseconds: Int64(time)), route: line["route"]?.string ?? "",
            isShadow: line["shadow"]?.bool ?? false, action: action,
            similarity: line["cosine"]?.double.flatMap(Self.sane),
            score: line["score"]?.double.flatMap(Self.sane),
            cost: line["cost"]?.integer.flatMap { $0 >= 0 ? $0 : nil })
    }

    /// Whether a similar question's answer was served, or given up to learn: such lookups are drawn to be looked into.
    var isDrawn: Bool { isServable && !isShadow }

    /// Whether a similar question's answer could be served.
    var isServable: Bool { action == .serve || action == .explore }

    private static func sane(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
