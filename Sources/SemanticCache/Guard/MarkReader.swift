/// Finds the contrasts of a text: its phrases, the longest first, then its words.
enum MarkReader {
    /// Sorted, a mark as often as it stands there.
    static func read(_ tokens: inout [GuardToken], _ bytes: Span<UInt8>, _ table: ContrastTable) -> [ContrastMark] {
        var marks: [ContrastMark] = []
        let stems = tokens.map { $0.kind == .word ? $0.stem : 0 }
        // Up to where words belong to a phrase that was found.
        var covered = 0
        var coveredAlone: Set<Int> = []
        for index in tokens.indices where stems[index] != 0 && index >= covered && !coveredAlone.contains(index) {
            if table.startsPhrase(stems[index]), let (found, end) = phrase(stems, index, table) {
                marks += found
                for place in index..<end { tokens[place].isMarked = true }
                // "last" stands against "first" in "last week", too.
                if !found.contains(where: { GuardLexicon.shared.kind(of: $0.set) == .time }) {
                    covered = end
                    continue
                }
            }
            if table.startsGap(stems[index]), let (found, place) = gap(stems, index, table) {
                marks += found
                tokens[index].isMarked = true
                coveredAlone.insert(place)
                continue
            }
            // "24 hours" is as long as "1 day": what a number counts is compared with it.
            if tokens[index].isConsumed, tokens[index].role.unit != .none { continue }
            if let found = table.marks(bytes, tokens[index].range, stem: stems[index]) {
                // "never" against "always" is a negation already, and must not count as an opposite beside it.
                let isNegator = tokens[index].role.negator != .none
                marks += isNegator ? found.filter { !isTurned($0) } : found
                tokens[index].isMarked = true
            }
        }
        // A word may be in a set by its stem and by its beginning.
        return marks.sorted()
    }

    private static func isTurned(_ mark: ContrastMark) -> Bool {
        GuardLexicon.shared.kind(of: mark.set)?.isTurnedByNegation ?? false
    }

    private static func phrase(
        _ stems: [UInt32], _ index: Int, _ table: ContrastTable
    ) -> (marks: [ContrastMark], end: Int)? {
        for end in stride(from: min(index + ContrastTable.longestPhrase, stems.count), to: index + 1, by: -1) {
            if let found = table.phrase(stems[index..<end]) { return (found, end) }
        }
        return nil
    }

    private static func gap(
        _ stems: [UInt32], _ index: Int, _ table: ContrastTable
    ) -> (marks: [ContrastMark], place: Int)? {
        for place in stems.indices.dropFirst(index + 1).prefix(ContrastTable.widestGap) {
            guard stems[place] != 0 else { return nil }
            if let found = table.gap(stems[index], stems[place]) { return (found, place) }
        }
        return nil
    }
}
