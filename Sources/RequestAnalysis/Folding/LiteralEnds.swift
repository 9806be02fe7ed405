/// Where the double quotes of a text may close, so that a quote that never closes is known without a search.
/// A search that starts here always succeeds and its reach is skipped afterwards: folding stays linear.
struct LiteralEnds {
    /// The last closing mark of each kind (see ``FoldingUnit/literalOpens``), or -1.
    private var last = InlineArray<5, Int>(repeating: -1)

    init<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, in bounds: Range<Int>) {
        for index in bounds {
            if let kind = units[index].literalCloses { last[kind] = index }
        }
    }

    /// Where the literal that opens at `start` ends, the closing mark included; nil if none opens there.
    func end<Unit: FoldingUnit>(_ units: borrowing MutableSpan<Unit>, from start: Int) -> Int? {
        guard let kind = units[start].literalOpens, start < last[kind] else { return nil }
        for index in (start + 1)...last[kind] where units[index].literalCloses == kind {
            return index + 1
        }
        return nil
    }
}
