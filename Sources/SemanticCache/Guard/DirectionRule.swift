/// The same things in exchanged places: from A to B and from B to A, A into B and B into A, A bites B and B bites A.
enum DirectionRule {
    private static let longestParty = 3

    /// From this overlap of content words on it suffices that one comes from where the other goes to.
    private static let vetoOverlap = 60

    static func differs(_ one: [GuardWord], _ other: [GuardWord], frame: WordFrame, overlap: Int) -> Bool {
        if isExchanged(frame) || isRehung(frame) { return true }
        let (ours, theirs) = (Ends(one), Ends(other))
        if ours.isTurned(theirs) { return true }
        let (forth, back) = (ours.isReversed(theirs), theirs.isReversed(ours))
        return forth && back || overlap >= vetoOverlap && (forth || back)
    }

    /// Where things come from, and where they go to.
    private struct Ends {
        var from: [UInt32] = []
        var to: [UInt32] = []
        /// What stands on both sides of a "to".
        var sides: [(left: UInt32, right: UInt32)] = []

        init(_ words: [GuardWord]) {
            for (index, word) in words.enumerated() where word.part == .from || word.part == .to {
                guard let party = Ends.party(words, behind: index) else { continue }
                if word.part == .from {
                    from.append(party)
                } else {
                    to.append(party)
                    if index > 0, words[index - 1].isContent { sides.append((words[index - 1].stem, party)) }
                }
            }
        }

        /// The first word with content behind a place, up to the next such place; the last without if there is none.
        private static func party(_ words: [GuardWord], behind index: Int) -> UInt32? {
            var last: UInt32?
            for word in words[(index + 1)...].prefix(4) {
                if word.part == .from || word.part == .to { break }
                if word.part == .amount { return nil }
                last = word.stem
                if word.part != .function { break }
            }
            return last
        }

        /// What this one comes from is what the other goes to.
        func isReversed(_ other: Ends) -> Bool {
            from.contains { other.to.contains($0) && !other.from.contains($0) && !to.contains($0) }
        }

        func isTurned(_ other: Ends) -> Bool {
            sides.contains { side in
                side.left != side.right
                    && other.sides.contains { $0.left == side.right && $0.right == side.left }
            }
        }
    }

    /// Two parties have changed places around something that is no "and".
    private static func isExchanged(_ frame: WordFrame) -> Bool {
        let (ours, theirs) = (Array(frame.ours), Array(frame.theirs))
        guard ours.count == theirs.count, ours.count >= 3 else { return false }
        for first in 1...longestParty {
            for second in 1...longestParty where first + second < ours.count {
                guard matches(ours[..<first], theirs[(theirs.count - first)...]),
                    matches(ours[(ours.count - second)...], theirs[..<second]),
                    matches(ours[first..<(ours.count - second)], theirs[second..<(theirs.count - first)])
                else { continue }
                let parties = [ours[..<first], ours[(ours.count - second)...]]
                guard parties.allSatisfy({ $0.contains { $0.part != .function } }) else { continue }
                // "X is what" and "what is X": turned round an auxiliary nothing changes.
                return ours[first..<(ours.count - second)].contains {
                    $0.isContent || $0.part == .from || $0.part == .to
                }
            }
        }
        return false
    }

    /// The same words in another order, but another one of them stands behind a "from" or a "to".
    private static func isRehung(_ frame: WordFrame) -> Bool {
        guard frame.ours.count == frame.theirs.count, frame.ours.count >= 2,
            frame.ours.map(\.stem).sorted() == frame.theirs.map(\.stem).sorted()
        else { return false }
        let (ours, theirs) = (hangings(frame.ours), hangings(frame.theirs))
        return ours.count == theirs.count && ours != theirs
    }

    /// What stands right behind each "from" and "to", with a number behind that; sorted.
    private static func hangings(_ words: ArraySlice<GuardWord>) -> [UInt64] {
        var hangings: [UInt64] = []
        for index in words.indices.dropLast() where words[index].part == .from || words[index].part == .to {
            let next = words[index + 1]
            let amount = index + 2 < words.endIndex && words[index + 2].part == .amount ? words[index + 2].stem : 0
            hangings.append(
                UInt64(words[index].stem) << 44 ^ UInt64(next.stem) << 22 ^ UInt64(amount))
        }
        return hangings.sorted()
    }

    private static func matches(_ one: ArraySlice<GuardWord>, _ other: ArraySlice<GuardWord>) -> Bool {
        one.elementsEqual(other) { $0.stem == $1.stem }
    }
}
