/// The pieces a word may be cut into, as a trie over UTF-8 bytes: the longest piece at a position is found in one walk.
///
/// There are two tries in one table, for pieces that begin a word and for pieces that continue one. Edges stand in an
/// open hash table keyed by node and byte, which is smaller than a table per node and as fast.
struct Vocabulary: Sendable {
    private static let empty = UInt32.max
    private static let wordStart: UInt32 = 0
    private static let wordContinuation: UInt32 = 1

    private var keys: [UInt32]
    private var children: [UInt32]
    /// Per node: the id of the piece that ends there, or -1.
    private var pieces: [Int32] = [-1, -1]
    private var shift: UInt32

    init() {
        self.keys = Array(repeating: Self.empty, count: 1 << 16)
        self.children = Array(repeating: 0, count: 1 << 16)
        self.shift = 32 - 16
    }

    /// Adds one piece. False when there are more nodes than the keys can tell apart (2²⁴).
    mutating func insert(_ piece: some Sequence<UInt8>, id: Int32, continuing: Bool) -> Bool {
        var node = continuing ? Self.wordContinuation : Self.wordStart
        for byte in piece {
            let key = node << 8 | UInt32(byte)
            let slot = slot(of: key)
            if keys[slot] == key {
                node = children[slot]
                continue
            }
            guard pieces.count < 1 << 24 - 1 else { return false }
            let child = UInt32(pieces.count)
            pieces.append(-1)
            keys[slot] = key
            children[slot] = child
            node = child
            if pieces.count * 2 > keys.count { grow() }
        }
        pieces[Int(node)] = id
        return true
    }

    /// The longest piece of `word` at `start`, and where it ends; nil when none fits.
    func longestPiece(of word: [UInt8], from start: Int) -> (id: Int32, end: Int)? {
        var node = start == 0 ? Self.wordStart : Self.wordContinuation
        var found: (id: Int32, end: Int)?
        var position = start
        while position < word.count {
            let key = node << 8 | UInt32(word[position])
            let slot = slot(of: key)
            guard keys[slot] == key else { break }
            node = children[slot]
            position += 1
            let piece = pieces[Int(node)]
            if piece >= 0 { found = (piece, position) }
        }
        return found
    }

    /// Where `key` stands, or the free place where it would.
    private func slot(of key: UInt32) -> Int {
        // Fibonacci hashing: the factor is 2³² divided by the golden ratio.
        var slot = Int((key &* 0x9E37_79B1) >> shift)
        while keys[slot] != key, keys[slot] != Self.empty { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldChildren) = (keys, children)
        keys = Array(repeating: Self.empty, count: oldKeys.count * 2)
        children = Array(repeating: 0, count: oldKeys.count * 2)
        shift -= 1
        for (key, child) in zip(oldKeys, oldChildren) where key != Self.empty {
            let slot = slot(of: key)
            keys[slot] = key
            children[slot] = child
        }
    }
}
