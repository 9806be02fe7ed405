/// Cuts a text into pieces as a model might have sent them: whole words where there are spaces, whole characters
/// everywhere. Joined they are the text.
struct ReplayPieces: Sequence, IteratorProtocol {
    private var rest: Substring
    /// In bytes; nil for one piece.
    private let size: Int?

    init(_ text: String, size: Int?) {
        rest = text[...]
        self.size = size.map { Swift.max($0, 1) }
    }

    mutating func next() -> Substring? {
        guard !rest.isEmpty else { return nil }
        let end = size.map(cut) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    /// The first gap between words behind `size` bytes; when there is none within four times that, `size` characters
    /// on. An end that near is taken whole.
    private func cut(_ size: Int) -> Substring.Index {
        let bytes = rest.utf8
        guard var index = bytes.index(bytes.startIndex, offsetBy: size, limitedBy: bytes.endIndex) else {
            return rest.endIndex
        }
        var isBehindSpace = bytes[bytes.index(before: index)] == UInt8(ascii: " ")
        for _ in 0..<(3 * size) {
            guard index < bytes.endIndex else { return rest.endIndex }
            let byte = bytes[index]
            // No character spans a space and an ASCII letter, whereas an accent may sit on the space.
            if isBehindSpace, (0x21..<0x7F).contains(byte) { return index }
            isBehindSpace = byte == UInt8(ascii: " ")
            index = bytes.index(after: index)
        }
        return rest.index(rest.startIndex, offsetBy: size, limitedBy: rest.endIndex) ?? rest.endIndex
    }
}
