import NIOCore
import SemanticCache

/// Lines whose question another answer has that may come later in the same file, without it: they wait for the file's
/// end, within a number of bytes.
struct CuratedLeftovers: Sendable {
    private(set) var lines: [(line: CuratedReader.Line, outcome: CuratedOutcome, owner: String)] = []
    private var bytes = 0

    static let bytesLimit = 32 << 20

    /// Whether a line waits; if not, what became of it is known.
    mutating func keep(_ line: CuratedReader.Line, _ outcome: CuratedOutcome) -> Bool {
        guard case .taken(_, let owner) = outcome, case .success(let answer) = line.content else { return false }
        let size = answer.json.readableBytes
        guard bytes + size <= Self.bytesLimit else { return false }
        bytes += size
        lines.append((line, outcome, owner))
        return true
    }
}
