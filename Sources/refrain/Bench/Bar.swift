/// One figure to reach, and whether it was.
struct Bar: Codable, CustomStringConvertible {
    /// What is measured and the bound, with the unit.
    let goal: String
    let limit: Double
    /// Nil when this run could not measure it.
    let measured: Double?
    /// Where a bound comes from that this run did not measure itself.
    var source: String?
    /// Whether more is better; otherwise the limit is the most that is allowed.
    var isFloor: Bool?

    var isMet: Bool? {
        measured.map { $0.isFinite && (isFloor == true ? $0 >= limit : $0 <= limit) }
    }

    var verdict: String { isMet.map { $0 ? "met" : "not yet" } ?? "not measured" }

    var description: String {
        let origin = source.map { " [\($0)]" } ?? ""
        return "bar: \(goal): \(Figure.text(measured)): \(verdict)\(origin)"
    }

    /// Figures of peers that are not run here.
    static let published = "the peer's figure is of another run on the same kind of machine"
}
