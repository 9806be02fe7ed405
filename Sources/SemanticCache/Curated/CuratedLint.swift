package import GatewayCore

/// Finds questions of different answers that are so alike that one may be served in the place of the other, and that
/// nothing in their words tells apart.
///
/// Keeps every question, its vector and its answer's hash in memory: for a file at a desk, not for a service.
package struct CuratedLint {
    /// Two questions of different answers.
    package struct Collision: Sendable {
        package let first: Place
        package let second: Place
        package let similarity: Float
    }

    /// A question in the file.
    package struct Place: Sendable {
        package let line: Int
        package let answer: String
        package let question: String
    }

    private struct Known {
        let place: Place
        let text: UInt64
        let distractors: [String]
    }

    /// The cosine above which two questions must be told apart by something else.
    package static let likeness: Float = 0.85
    /// Neighbours of one question with other answers that are looked at, if there are so many: the nearest.
    private static let count = 32

    private let index: PartitionIndex
    private let scanner: VectorScanner
    private var known: [Known] = []

    package init(dimension: Int) {
        index = PartitionIndex(dimension: dimension)
        scanner = VectorScanner(dimension: dimension, queueLimit: 64)
    }

    /// Compares the questions of an answer with all that came before, then takes them in.
    /// - Parameter vectors: of the answer's questions, in their order; nil for one that has none, which no similar
    ///   question will find.
    /// - Throws: `internalFault` for a vector that cannot be compared with those before.
    package mutating func add(
        _ answer: CuratedAnswer, line: Int, vectors: [EmbeddingVector?]
    ) async throws(GatewayError) -> [Collision] {
        var collisions: [Collision] = []
        let text = FNV1a(answer.answer).value
        for (question, vector) in zip(answer.questions, vectors) {
            guard let vector else { continue }
            let place = Place(line: line, answer: answer.id, question: question)
            let own = Known(place: place, text: text, distractors: answer.distractors)
            let features = GuardFeatures(text: question)
            for candidate in try await neighbours(of: vector, unlike: text) {
                guard let other = entry(candidate.row.id), other.text != text,
                    !other.distractors.contains(question), !own.distractors.contains(other.place.question),
                    !StructuralGuard.verdict(question: features, candidate: candidate.row.features).isVeto
                else { continue }
                collisions.append(
                    Collision(first: other.place, second: place, similarity: candidate.similarity))
            }
            take(own, vector)
        }
        return collisions
    }

    /// Ends the thread that compares. Call it once.
    package func shutdown() { scanner.shutdown() }

    /// All neighbours within the likeness, or so many that enough of them have other answers: wordings of one answer
    /// must not hide what lies behind them.
    private func neighbours(
        of vector: EmbeddingVector, unlike text: UInt64
    ) async throws(GatewayError) -> [ScanCandidate] {
        var count = Self.count
        while true {
            let found = await scanner.nearest(to: vector, in: index, count: count, atLeast: Self.likeness)
            guard let found else {
                throw GatewayError(
                    .internalFault,
                    "a question cannot be compared: its vector has \(vector.dimension) components, expected "
                        + "\(index.dimension)")
            }
            let others = found.candidates.count { candidate in
                entry(candidate.row.id).map { $0.text != text } ?? false
            }
            if found.candidates.count < count || others >= Self.count { return found.candidates }
            count *= 2
        }
    }

    private mutating func take(_ new: Known, _ vector: EmbeddingVector) {
        let number = known.count
        known.append(new)
        let bytes = (0..<16).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> ($0 * 8)) : 0 }
        guard let id = EntryID(bytes: bytes), let partition = PartitionID(bytes: Array(repeating: 0, count: 32)) else {
            return
        }
        index.add(
            MirroredEntry(
                id: id, partition: partition, question: new.place.question, expires: Curation.forever,
                embedding: vector))
    }

    private func entry(_ id: EntryID) -> Known? {
        let number = id.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        return known.indices.contains(number) ? known[number] : nil
    }
}
