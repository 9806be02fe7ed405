/// What became of the lines of an import, in numbers.
package struct CuratedReport: Sendable, Equatable {
    package var lines = 0
    package var stored = 0
    package var unchanged = 0
    package var over = 0
    package var refused = 0
    /// Questions that stand now and did not before.
    package var questions = 0

    package init() {}

    /// Lines that could be used.
    package var imported: Int { lines - refused }

    mutating func count(_ outcome: CuratedOutcome) {
        lines += 1
        switch outcome {
        case .stored(let number):
            stored += 1
            questions += number
        case .unchanged: unchanged += 1
        case .over: over += 1
        case .refused, .taken: refused += 1
        }
    }
}
