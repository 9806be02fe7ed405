/// One figure to reach, and whether it was.
struct Bar: Codable, CustomStringConvertible {
    /// What is measured and the bound, with the unit.
    let goal: String
    let limit: Double
    /// Nil when this run could not measure it.
    let measured: Double?
    /// Where a bound comes from that this run did not measure itself.
    var source: String?

    var isMet: Bool? { measured.map { $0 <= limit } }

    var description: String {
        let verdict = isMet.map { $0 ? "met" : "NOT MET" } ?? "not measured"
        let origin = source.map { " [\($0)]" } ?? ""
        return "bar: \(goal): measured \(Figure.text(measured)): \(verdict)\(origin)"
    }

    /// Figures of peers that are not run here.
    static let published = "the peer's figure is of another run on the same kind of machine"
}
