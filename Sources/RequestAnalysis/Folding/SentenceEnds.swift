/// Finds what is left of a text without blanks and sentence punctuation at its ends.
enum SentenceEnds {
    /// Words that own the full stop behind them. One that is missing here loses a stop, which merges nothing as long
    /// as it is not also another word.
    private static let abbreviations: [[UInt8]] = [
        "etc", "no", "nos", "vs", "dr", "mr", "mrs", "ms", "st", "inc", "ltd", "co", "corp", "jr", "sr", "approx",
        "vol", "fig", "art", "sec", "min", "max", "al", "pp", "ca", "bzw", "usw", "nr", "tel", "ed", "gen",
    ].map { Array($0.utf8) }

    /// The part of the text that is kept. Empty only for a text of white space.
    static func trim<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, count: Int) -> Range<Int> {
        let start = start(units, count: count)
        var end = count
        while end > start, units[end - 1].traits == .space {
            end -= 1
        }
        var coreEnd = end
        while coreEnd > start, units[coreEnd - 1].traits.meets([.question, .exclamation, .stop, .space]) {
            coreEnd -= 1
        }
        // A text of nothing but marks stays: "?" and "!" are not one question.
        guard coreEnd > start else { return start..<end }
        if ownsNoMark(units, from: start, to: coreEnd) { return start..<coreEnd }
        return start..<endWithoutMood(units, from: coreEnd, to: end)
    }

    /// The first character that is neither blank nor an inverted mark; the first that is not blank if nothing follows.
    private static func start<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, count: Int) -> Int {
        var index = 0
        while index < count, units[index].traits.meets([.space, .inverted]) {
            index += 1
        }
        if index < count { return index }
        index = 0
        while index < count, units[index].traits == .space {
            index += 1
        }
        return index
    }

    /// Whether the last word is plain, so that any mark behind it is the sentence's.
    private static func ownsNoMark<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, from start: Int, to end: Int
    ) -> Bool {
        var first = end
        while first > start, units[first - 1].traits != .space {
            first -= 1
        }
        while first < end, units[first].traits.meets(.opener) {
            first += 1
        }
        guard end - first >= 2, Token.isWord(units, first..<end) else { return false }
        for abbreviation in abbreviations where equals(units, first..<end, abbreviation) {
            return false
        }
        return true
    }

    /// Behind anything but a plain word: question marks go, and what stands behind a question mark.
    private static func endWithoutMood<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, from coreEnd: Int, to end: Int
    ) -> Int {
        var index = coreEnd
        while index < end, !units[index].traits.meets(.question) {
            index += 1
        }
        while index > coreEnd, units[index - 1].traits == .space {
            index -= 1
        }
        return index
    }

    private static func equals<Unit: FoldingUnit>(
        _ units: borrowing MutableSpan<Unit>, _ range: Range<Int>, _ word: [UInt8]
    ) -> Bool {
        guard range.count == word.count else { return false }
        for (offset, code) in word.enumerated() where units[range.lowerBound + offset].lowered.ascii != code {
            return false
        }
        return true
    }
}
