package import GatewayCore

extension DecisionTicket {
    /// What of it is remembered for as long as the hit may be judged; nil when there was no candidate.
    package var lesson: HitLesson? {
        guard decision.score > -.infinity else { return nil }
        return HitLesson(
            bin: ScoreBins.index(decision.score), group: decision.group, cautions: decision.cautions.rawValue)
    }

    /// The ticket of a hit that was remembered: enough to learn from feedback, and no sample. Nil without a lesson.
    package init?(of hit: ServedHit, in space: DecisionSpace) {
        guard let lesson = hit.lesson else { return nil }
        self.init(
            space: space,
            decision: HitDecision(
                action: .serve(0), score: ScoreBins.centre(lesson.bin), risk: 0, group: lesson.group,
                explorationRate: 0, cautions: GuardReasons(rawValue: lesson.cautions)),
            entry: hit.entry, partition: hit.partition, similarity: hit.similarity ?? 1)
    }
}
