import SemanticCache

/// Cuts lines, in their order, into batches that are read, embedded and written together: as many as fit, by their
/// number and by the memory that they will take.
struct CuratedBatches {
    private var waiting: [CuratedReader.Line] = []

    /// Lines of one batch.
    static let linesLimit = 64
    /// What one batch may take, by estimate; a line that takes more stands alone.
    static let bytesLimit = 8 << 20

    mutating func add(_ line: CuratedReader.Line) { waiting.append(line) }

    /// - Parameter isOver: whether no more lines come, so that those that are left make a batch.
    /// - Returns: nil where more lines are to be waited for, or none is left.
    mutating func next(isOver: Bool) -> [CuratedReader.Line]? {
        var (count, bytes, isFull) = (0, 0, false)
        while count < waiting.count, !isFull {
            bytes += waiting[count].weight
            if count > 0, bytes > Self.bytesLimit {
                isFull = true
            } else {
                count += 1
                isFull = count == Self.linesLimit || bytes >= Self.bytesLimit
            }
        }
        guard count > 0, isFull || isOver else { return nil }
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }
}

extension CuratedReader.Line {
    /// What the vector of a text takes, with room for the larger encoders.
    private static let vectorBytes = 4096

    /// About how many bytes it takes on its way: each of its questions becomes an entry with a vector and a copy of
    /// those of the distractors.
    var weight: Int {
        guard case .success(let answer) = content else { return 0 }
        let texts = answer.questions + answer.distractors + [answer.answer]
        let vectors = answer.questions.count * (1 + answer.distractors.count) * Self.vectorBytes
        return vectors + 2 * texts.reduce(0) { $0 + $1.utf8.count }
    }
}
