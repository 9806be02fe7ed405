/// Counted allocations beside the most that are allowed.
struct AllocationVerdict: Equatable, Sendable {
    let kind: AllocationKind
    let found: Double
    /// Nil when the file of thresholds has no line for it.
    let allowed: Double?

    /// Below this share of what is allowed, the threshold no longer guards anything.
    private static let loose = 0.8

    var isKept: Bool { allowed.map { found <= $0 } ?? false }

    var description: String {
        let text = "\(kind.rawValue): \(Figure.text(found)) allocations"
        guard let allowed else { return "\(text), no threshold: run config/scripts/allocations.sh --update" }
        if !isKept {
            return "\(text), expected at most \(Figure.text(allowed)). Find what allocates more; if it is worth it, "
                + "run config/scripts/allocations.sh --update and say why in the commit"
        }
        let hint = found < allowed * Self.loose ? ": lower the threshold by config/scripts/allocations.sh --update" : ""
        return "\(text), at most \(Figure.text(allowed))\(hint)"
    }

    static func judge(
        _ found: [AllocationKind: Double], by thresholds: [String: Double]
    ) -> [AllocationVerdict] {
        AllocationKind.allCases.compactMap { kind in
            found[kind].map { AllocationVerdict(kind: kind, found: $0, allowed: thresholds[kind.rawValue]) }
        }
    }

    /// What `--update` allows: 3 % more than was found, for what timers and reconnects add, or a quarter of an
    /// allocation, which is what a count per frame wavers by. In whole numbers above 10.
    static func threshold(for found: Double) -> Double {
        let raised = max(found * 1.03, found + 0.25)
        return raised > 10 ? raised.rounded(.up) : (raised * 10).rounded(.up) / 10
    }
}
