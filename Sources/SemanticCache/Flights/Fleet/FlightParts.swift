package import NIOCore

/// Some parts of an answer under way, as one replica tells them to the others.
package struct FlightParts: Sendable {
    /// Where the first of them stands, counted from the answer's first part.
    package let first: Int
    package let count: Int
    /// What they are, as who tells them has written it; on its way sealed as entries are.
    package let contents: ByteBuffer
    /// Behind the last part: whether the answer is in the store. Nil while parts may follow.
    package let isKept: Bool?

    package init(first: Int, count: Int, contents: ByteBuffer, isKept: Bool? = nil) {
        self.first = first
        self.count = count
        self.contents = contents
        self.isKept = isKept
    }
}
