/// What is wrong with a line of a file of curated answers, for the one who wrote it: what was expected, and what was
/// found.
package struct CuratedMistake: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
