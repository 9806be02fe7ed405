package import NIOCore

/// A stored question that has a vector of the former encoder's.
package struct FormerEntry: Sendable {
    /// All but its answer and its vector.
    package let entry: StoredEntry
    package let question: String
    /// What its curated answer must not be served to, in the order of their vectors.
    package let distractors: [String]
    /// What stood there when it was read, as the store knows it: only in its place something is written.
    package let stamp: [ByteBuffer]

    package init(entry: StoredEntry, question: String, distractors: [String] = [], stamp: [ByteBuffer] = []) {
        self.entry = entry
        self.question = question
        self.distractors = distractors
        self.stamp = stamp
    }

    /// Every text that needs a vector: the question first.
    package var texts: [String] { [question] + distractors }
}

/// Some of the keys there are, and what of the former encoder's was among them.
package struct FormerStep: Sendable {
    package var entries: [FormerEntry] = []
    /// What needs no vector, or can have none.
    package var skipped: [ReembeddingOutcome: Int] = [:]
    /// Where to go on; `0` at the end.
    package let next: String

    package init(next: String) { self.next = next }
}
