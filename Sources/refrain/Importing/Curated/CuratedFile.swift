import NIOCore
import SemanticCache

/// A file of curated answers, from its beginning to its end.
final class CuratedFile {
    private let pieces: FilePieces
    private var reader: CuratedReader
    private var isOver = false

    init(_ path: String) throws {
        pieces = try FilePieces(path)
        reader = CuratedReader(.init(path: path))
    }

    /// In bytes.
    var size: Int { pieces.size }
    var offset: Int { pieces.offset }
    var isRegular: Bool { pieces.isRegular }

    /// The lines of the next piece; nil behind the last.
    func next() throws -> [CuratedReader.Line]? {
        if isOver { return nil }
        if let piece = try pieces.next() { return reader.feed(piece) }
        isOver = true
        return reader.finish()
    }
}
