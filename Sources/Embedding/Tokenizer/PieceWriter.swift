/// Collects the bytes of one word after the other and cuts each into pieces of the vocabulary, longest first
/// (WordPiece).
struct PieceWriter {
    private(set) var ids: [Int32]
    /// Whether a piece had to be left out because the text was too long. Nothing that follows can change the result.
    private(set) var isFull = false
    private let limit: Int
    private let longestWord: Int
    private let unknownID: Int32
    private let vocabulary: Vocabulary
    private var word: [UInt8] = []
    private var scalarCount = 0

    /// - Parameters:
    ///   - limit: ids there is room for, `first` included.
    ///   - textBytes: of the text, by which memory is set aside.
    init(model: TokenizerModel, first: Int32, limit: Int, textBytes: Int) {
        // One allocation is enough for plain prose, whose tokens have four bytes and more with the space between them;
        // one place is for the token behind all.
        self.ids = []
        self.ids.reserveCapacity(min(limit, 2 + textBytes / 4) + 1)
        self.ids.append(first)
        self.word.reserveCapacity(32)
        self.limit = limit
        self.longestWord = model.longestWord
        self.unknownID = model.unknownID
        self.vocabulary = model.vocabulary
    }

    /// Adds one ASCII character to the current word.
    @inline(__always)
    mutating func append(ascii byte: UInt8) {
        scalarCount &+= 1
        // A word that is too long becomes the unknown token whatever it holds.
        if scalarCount <= longestWord { word.append(byte) }
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        scalarCount &+= 1
        if scalarCount <= longestWord { word.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
    }

    /// Ends the current word, if one was begun.
    @inline(__always)
    mutating func endWord() {
        if scalarCount > 0 { cutWord() }
    }

    /// All tokens, with `last` behind them.
    consuming func ended(with last: Int32) -> [Int32] {
        ids.append(last)
        return ids
    }

    /// Adds a finished token.
    mutating func append(token: Int32) {
        guard ids.count < limit else {
            isFull = true
            return
        }
        ids.append(token)
    }

    private mutating func cutWord() {
        defer {
            word.removeAll(keepingCapacity: true)
            scalarCount = 0
        }
        guard scalarCount <= longestWord else {
            append(token: unknownID)
            return
        }
        let wordStart = ids.count
        let wasFull = isFull
        var position = 0
        while position < word.count {
            guard let piece = vocabulary.longestPiece(of: word, from: position) else {
                // A word with one unknown part is unknown as a whole.
                ids.removeSubrange(wordStart...)
                isFull = wasFull
                append(token: unknownID)
                return
            }
            append(token: piece.id)
            position = piece.end
        }
    }
}
