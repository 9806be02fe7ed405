/// Shares for people.
enum Percent {
    static func text(_ share: Double) -> String { "\(Figure.text(share * 100)) %" }
}
