/// Compares the contrasts of two texts.
enum ContrastRule {
    /// - Parameters:
    ///   - overlap: of the content words, in per cent.
    ///   - isSlot: nothing but one short gap differs.
    ///   - isNegated: one side has an odd number of negations more.
    /// - Returns: the first reason to refuse, if any, and the reasons for doubt.
    static func compare(
        _ ours: [ContrastMark], _ theirs: [ContrastMark], overlap: Int, isSlot: Bool, isNegated: Bool
    ) -> (veto: GuardReason?, cautions: GuardReasons) {
        if ours == theirs { return (nil, []) }
        var (mine, yours) = unshared(ours, theirs, isSlot: isSlot)
        var cautions: GuardReasons = []
        var veto: GuardReason?
        while let set = [mine.first?.set, yours.first?.set].compactMap({ $0 }).min() {
            let here = mine.prefix { $0.set == set }
            let there = yours.prefix { $0.set == set }
            mine = mine.dropFirst(here.count)
            yours = yours.dropFirst(there.count)
            guard let kind = GuardLexicon.shared.kind(of: set) else { continue }
            let isOneSided = here.isEmpty || there.isEmpty
            if isOneSided, kind != .format {
                if kind.doubtsOneSided { cautions.insert(GuardReasons(kind.reason)) }
                continue
            }
            let isAlike = kind.vetoOverlap.map { overlap >= $0 } ?? false
            let isTurned = isNegated && kind.isTurnedByNegation
            if isAlike || isSlot && kind.vetoesSlot, !isTurned {
                veto = veto ?? kind.reason
            } else if kind.doubts || isTurned {
                cautions.insert(GuardReasons(kind.reason))
            }
        }
        return (veto, cautions)
    }

    /// What is left of each when what both have is taken away, as often as both have it.
    ///
    /// In texts that differ in more than one gap, a member that the other side has too, only more often, is no
    /// contrast.
    private static func unshared(
        _ ours: [ContrastMark], _ theirs: [ContrastMark], isSlot: Bool
    ) -> (ArraySlice<ContrastMark>, ArraySlice<ContrastMark>) {
        var (mine, yours): ([ContrastMark], [ContrastMark]) = ([], [])
        var (left, right) = (0, 0)
        while left < ours.count || right < theirs.count {
            if right == theirs.count || left < ours.count && ours[left] < theirs[right] {
                mine.append(ours[left])
                left += 1
            } else if left == ours.count || theirs[right] < ours[left] {
                yours.append(theirs[right])
                right += 1
            } else {
                left += 1
                right += 1
            }
        }
        if isSlot { return (mine[...], yours[...]) }
        return (mine.filter { !theirs.contains($0) }[...], yours.filter { !ours.contains($0) }[...])
    }
}
