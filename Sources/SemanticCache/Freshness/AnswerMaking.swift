/// How an answer came to be that a provider was asked for.
package struct AnswerMaking: Sendable {
    /// How long its provider took, from the question to the answer's end; zero where nobody knows.
    package let took: Duration
    /// See ``EntryFreshness/step``.
    package let step: Int
    /// For an answer made anew: by which right it takes the place of the one before.
    package let lease: RefreshLease?

    package init(took: Duration, step: Int = 0, lease: RefreshLease? = nil) {
        self.took = took
        self.step = step
        self.lease = lease
    }
}
