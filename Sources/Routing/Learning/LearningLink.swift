/// Solves the models of learners anew and keeps them and the fleet's store alike, every few seconds.
package struct LearningLink: Sendable {
    private let learners: [RouteLearner]
    private let store: any LearningStore
    private let pause: Duration

    package init(learners: [RouteLearner], store: any LearningStore, pause: Duration = .seconds(2)) {
        self.learners = learners
        self.store = store
        self.pause = pause
    }

    /// Runs until it is cancelled, then tells what is left to be told. Once for each learner.
    package func run() async {
        while !Task.isCancelled {
            await exchange()
            try? await Task.sleep(for: pause)
        }
        // The task is cancelled, and with it every call it makes; what was learned last needs one that is not.
        await Task { await exchange() }.value
    }

    /// Tells and asks once. What the store does not take is told again with the next exchange; until then learning goes
    /// on with what is known here.
    func exchange() async {
        for learner in learners {
            if let report = learner.takeReport(now: .now), let row = try? await store.exchange(report) {
                learner.apply(row, to: report, now: .now)
            }
            learner.refresh(now: .now)
        }
    }
}
