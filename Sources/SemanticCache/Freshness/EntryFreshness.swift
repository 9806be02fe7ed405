package import GatewayCore

/// What an entry knows of its freshness beyond its life.
package struct EntryFreshness: Sendable, Equatable {
    /// From here on it is to be made anew when it is asked for; nil for never.
    package var due: UnixTime?
    /// Until here it may stand in for a provider that fails; nil for no longer than it lives.
    package var kept: UnixTime?
    /// How long its provider took to make it; zero where nobody knows.
    package var took: Duration
    /// By how many doublings its soft life is longer than usual, as it was found unchanged when it was made anew, or
    /// shorter, as it had changed.
    package var step: Int

    package init(due: UnixTime? = nil, kept: UnixTime? = nil, took: Duration = .zero, step: Int = 0) {
        self.due = due
        self.kept = kept
        self.took = took
        self.step = step
    }

    /// Within which ``step`` stays, on either side of zero.
    package static let stepLimit = 3

    init(_ lives: EntryLives, created: UnixTime, making: AnswerMaking?) {
        self.init(
            due: lives.soft.map { created + $0 }, kept: lives.stale > .zero ? created + lives.life + lives.stale : nil,
            took: making?.took ?? .zero, step: making?.step ?? 0)
    }
}
