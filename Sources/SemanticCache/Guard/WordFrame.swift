/// Two texts laid side by side: the words they begin and end with alike, and what stands between.
struct WordFrame {
    /// More words than this on a side are no slot but another way to put it.
    private static let longestSlot = 3
    private static let leastFrame = 2

    let ours: ArraySlice<GuardWord>
    let theirs: ArraySlice<GuardWord>
    /// Words of the frame around.
    let frame: Int

    init(_ one: [GuardWord], _ other: [GuardWord]) {
        let shorter = min(one.count, other.count)
        var start = 0
        while start < shorter, one[start].stem == other[start].stem { start += 1 }
        var end = 0
        while end < shorter - start, one[one.count - 1 - end].stem == other[other.count - 1 - end].stem { end += 1 }
        ours = one[start..<(one.count - end)]
        theirs = other[start..<(other.count - end)]
        frame = start + end
    }

    /// Whether one short gap is all that differs.
    var isSlot: Bool {
        let longer = max(ours.count, theirs.count)
        return longer <= Self.longestSlot && frame >= Self.leastFrame && frame >= longer && longer > 0
    }
}
