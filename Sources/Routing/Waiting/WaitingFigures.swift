/// Who waits for room now.
package struct WaitingFigures: Sendable, Equatable {
    /// How many of each class, as they came: who waits for long counts as a better one, but is told of here as its own.
    package var waiting: [WaitingClass: Int] = [:]
    /// How long the one waits that came first; zero when nobody does.
    package var oldest: Duration = .zero
}
