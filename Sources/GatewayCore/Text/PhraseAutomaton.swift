/// Finds many phrases in one pass over a text (Aho and Corasick, 1975).
///
/// Texts and phrases are words in the form of ``WordText``, so that a phrase never matches inside a longer word. A
/// phrase that ends with `*` matches every word that begins so. Cost: one table step a byte.
package struct PhraseAutomaton: Sendable {
    /// Which column of the table a byte takes; 0 for bytes that no phrase holds.
    private var columns: [UInt8] = Array(repeating: 0, count: 256)
    private var width = 1
    /// The next state, by state and column; the top bit marks one that has found something.
    private var next: [UInt16] = []
    /// What a state has found: a range of `found`.
    private var ends: [Range<Int32>] = []
    private var found: [UInt16] = []

    private static let mark: UInt16 = 0x8000

    /// The most bytes of all phrases together, so that a state and its mark fit their type.
    package static let bytesLimit = 32_000

    /// - Parameter phrases: in the order whose indices matches report. Empty ones and those behind
    ///   ``bytesLimit`` never match.
    package init(_ phrases: [String]) {
        var used = 0
        let patterns = phrases.map { phrase in
            let pattern = Self.pattern(phrase)
            used += pattern.count
            return used <= Self.bytesLimit ? pattern : []
        }
        for byte in Set(patterns.joined()).sorted() {
            columns[Int(byte)] = UInt8(truncatingIfNeeded: width)
            width += 1
        }
        var tree = Tree(width: width)
        for (index, pattern) in patterns.enumerated() where !pattern.isEmpty {
            tree.insert(pattern.map { Int(columns[Int($0)]) }, as: UInt16(truncatingIfNeeded: index))
        }
        tree.link()
        next = tree.next.map { tree.outputs[Int($0)].isEmpty ? $0 : $0 | Self.mark }
        for outputs in tree.outputs {
            let start = Int32(found.count)
            found += outputs
            ends.append(start..<Int32(found.count))
        }
    }

    /// Calls `visit` with the index of each phrase, as often as it stands in `words`.
    package func scan(_ words: Span<UInt8>, _ visit: (Int) -> Void) {
        guard width > 1 else { return }
        let columns = columns.span
        let next = next.span
        var state = 0
        for index in words.indices {
            let entry = next[state &* width &+ Int(columns[Int(words[index])])]
            state = Int(entry & ~Self.mark)
            if entry & Self.mark == 0 { continue }
            for place in ends[state] { visit(Int(found[Int(place)])) }
        }
    }

    /// ` word ` for a phrase, ` word` for one with `*` at its end.
    private static func pattern(_ phrase: String) -> [UInt8] {
        let isStem = phrase.utf8.last == UInt8(ascii: "*")
        var words = WordText.words(of: phrase.utf8.dropLast(isStem ? 1 : 0))
        if words.count < 3 { return [] }
        if isStem { words.removeLast() }
        return words
    }

    /// The phrases as a tree, then as an automaton.
    private struct Tree {
        let width: Int
        var next: [UInt16]
        var outputs: [[UInt16]] = [[]]

        init(width: Int) {
            self.width = width
            next = Array(repeating: 0, count: width)
        }

        mutating func insert(_ pattern: [Int], as index: UInt16) {
            var state = 0
            for column in pattern {
                let slot = state * width + column
                if next[slot] == 0 {
                    next[slot] = UInt16(outputs.count)
                    outputs.append([])
                    next += Array(repeating: 0, count: width)
                }
                state = Int(next[slot])
            }
            outputs[state].append(index)
        }

        /// Fills in where to go on when no phrase goes on: breadth first, so that the shorter suffix is done.
        mutating func link() {
            var fallback = Array(repeating: 0, count: outputs.count)
            var queue = (0..<width).map { Int(next[$0]) }.filter { $0 != 0 }
            var position = 0
            while position < queue.count {
                let state = queue[position]
                position += 1
                outputs[state] += outputs[fallback[state]]
                for column in 0..<width {
                    let child = Int(next[state * width + column])
                    let other = next[fallback[state] * width + column]
                    if child == 0 {
                        next[state * width + column] = other
                    } else {
                        fallback[child] = Int(other)
                        queue.append(child)
                    }
                }
            }
        }
    }
}
