/// How long and how much is remembered of answers that may be judged.
package struct FeedbackRules: Sendable, Equatable {
    /// A judgment that comes later is of an answer that nobody knows.
    package var life: Duration = .seconds(3_600)
    /// Answers that one replica remembers; the oldest are forgotten before their time when there are more.
    package var capacity = 16_384
    /// Judgments of answers from the cache that one user may give in an hour.
    package var hitJudgments = 60

    package init() {}

    package init(life: Duration, capacity: Int, hitJudgments: Int = 60) {
        self.life = life
        self.capacity = capacity
        self.hitJudgments = hitJudgments
    }
}
