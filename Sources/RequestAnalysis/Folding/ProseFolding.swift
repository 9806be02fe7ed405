/// Folds a text in place: the result is never longer than the text, so what is written never overtakes what is read.
enum ProseFolding {
    /// How many words a message in capitals must have to be shouted prose; fewer may all be names.
    private static let shoutedWords = 4

    /// Folds the first `count` units of `units` and returns how many are left, or nil for a text that must stay as
    /// it is because it shows a sign of code.
    static func fold<Unit: FoldingUnit>(_ units: inout MutableSpan<Unit>, count: Int) -> Int? {
        let bounds = SentenceEnds.trim(units, count: count)
        if bounds.isEmpty { return 0 }
        if CodeSigns.found(in: units, count: count) { return nil }
        let literals = LiteralEnds(units, in: bounds)
        let isShouted = isShouted(units, in: bounds, literals: literals)
        var written = 0
        var next = bounds.lowerBound
        while next < bounds.upperBound {
            if units[next].traits == .space {
                next = endOfSpace(units, from: next, limit: bounds.upperBound)
                units[written] = .blank
                written += 1
                continue
            }
            let literalEnd = literals.end(units, from: next)
            let end = literalEnd ?? Token.end(units, from: next, limit: bounds.upperBound, literals: literals)
            let isLowered = literalEnd == nil && Token.isFoldable(units, next..<end, shouted: isShouted)
            while next < end {
                units[written] = isLowered ? units[next].lowered : units[next]
                written += 1
                next += 1
            }
        }
        return written
    }

    private static func endOfSpace<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, from start: Int, limit: Int
    ) -> Int {
        var end = start
        while end < limit, units[end].traits == .space {
            end += 1
        }
        return end
    }

    /// Whether no letter of the text is small and enough words are plain: somebody's caps lock, not names.
    private static func isShouted<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, in bounds: Range<Int>, literals: borrowing LiteralEnds
    ) -> Bool {
        for index in bounds where units[index].traits.meets(.lower) {
            return false
        }
        var words = 0
        var next = bounds.lowerBound
        while next < bounds.upperBound {
            if units[next].traits == .space {
                next += 1
            } else if let end = literals.end(units, from: next) {
                next = end
            } else {
                let end = Token.end(units, from: next, limit: bounds.upperBound, literals: literals)
                if Token.isWord(units, Token.core(units, next..<end)) { words += 1 }
                next = end
            }
        }
        return words >= shoutedWords
    }
}
