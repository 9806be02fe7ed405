/// When a question is found by meaning and not only by its own words.
package struct SightRule: Sendable, Equatable {
    /// From so many entries behind one wall on, a question must be asked a second time.
    package var softLimit = 10_000
    /// How many different callers must have asked it, or a question like it.
    package var confirmations = 1
    /// How many questions that were asked once are remembered.
    package var window = 1024
    /// From this cosine on a question was asked before in other words.
    package var likeness: Float = 0.9

    package init() {}
}
