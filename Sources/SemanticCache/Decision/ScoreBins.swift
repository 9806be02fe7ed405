/// The grid on which scores are counted: 96 bins of three sixteenths, from −6 to 12.
///
/// Counts on one grid can be added up, whoever counted them; and a fit over 96 bins costs the same after ten labels
/// and after ten million.
enum ScoreBins {
    static let count = 96
    static let lowest = -6.0
    static let width = 0.1875

    /// The bin of a score; what lies outside the grid, or is no number, belongs to an end of it.
    static func index(_ score: Double) -> Int {
        guard score > lowest else { return 0 }
        let place = (score - lowest) / width
        return place < Double(count - 1) ? Int(place) : count - 1
    }

    static func centre(_ index: Int) -> Double { lowest + (Double(index) + 0.5) * width }

    /// The lowest score of a bin; ∞ behind the last.
    static func lowerEdge(_ index: Int) -> Double { index < count ? lowest + Double(index) * width : .infinity }
}
