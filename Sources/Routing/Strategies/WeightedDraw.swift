/// A lot in which chances are weights.
enum WeightedDraw {
    /// One of the indexes; nil if there are none. Among weights that are all zero every one has the same chance.
    static func draw(
        _ indexes: [Int], weight: (Int) -> Double, using generator: inout some RandomNumberGenerator
    ) -> Int? {
        let total = indexes.reduce(0) { $0 + weight($1) }
        guard total > 0, total.isFinite else { return indexes.randomElement(using: &generator) }
        var rest = Double.random(in: 0..<total, using: &generator)
        for index in indexes {
            rest -= weight(index)
            if rest < 0 { return index }
        }
        return indexes.last
    }

    /// Two different ones, or as many as there are: two are enough to keep away from the worst, and unlike all they do
    /// not make every replica choose the same (Mitzenmacher, The power of two choices, 2001).
    static func two(
        _ indexes: [Int], weight: (Int) -> Double, using generator: inout some RandomNumberGenerator
    ) -> [Int] {
        guard let first = draw(indexes, weight: weight, using: &generator) else { return [] }
        let second = draw(indexes.filter { $0 != first }, weight: weight, using: &generator)
        return [first] + (second.map { [$0] } ?? [])
    }
}
