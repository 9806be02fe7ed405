/// What stands between two blanks, and whether its case is prose.
enum Token {
    /// The end of the token that starts at `start`: a blank, or a double quote that opens a literal.
    static func end<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, from start: Int, limit: Int, literals: borrowing LiteralEnds
    ) -> Int {
        var end = start
        while end < limit, units[end].traits != .space {
            if end > start, literals.end(units, from: end) != nil { return end }
            end += 1
        }
        return end
    }

    /// The token without brackets, quotes and punctuation around it.
    static func core<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, _ token: Range<Int>
    ) -> Range<Int> {
        var start = token.lowerBound
        var end = token.upperBound
        while start < end, units[start].traits.meets(.opener) {
            start += 1
        }
        while end > start, units[end - 1].traits.meets(.closer) {
            end -= 1
        }
        return start..<end
    }

    /// Whether `core` is made of letters, joined by apostrophes and hyphens at most, and ends in a letter.
    static func isWord<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, _ core: Range<Int>) -> Bool {
        guard let last = core.last, units[last].traits.meets(.letter) else { return false }
        for index in core where !units[index].traits.meets([.upper, .lower, .apostrophe, .hyphen]) {
            return false
        }
        return units[core.lowerBound].traits.meets(.letter)
    }

    /// Whether the token is a word whose letter case carries nothing: every part between hyphens is in small letters,
    /// or Capitalised with two letters at least; in a shouted text also all in capitals, with two letters at least.
    static func isFoldable<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, _ token: Range<Int>, shouted: Bool
    ) -> Bool {
        let core = core(units, token)
        guard isWord(units, core) else { return false }
        var part = WordPart()
        for index in core {
            let traits = units[index].traits
            if traits.meets(.hyphen) {
                guard part.isFoldable(shouted: shouted) else { return false }
                part = WordPart()
            } else {
                part.add(traits)
            }
        }
        return part.isFoldable(shouted: shouted)
    }
}
