/// `count` floats, each drawn evenly from `range`.
func randomFloats(
    _ count: Int, _ range: ClosedRange<Float>, using generator: inout some RandomNumberGenerator
) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &generator) }
}
