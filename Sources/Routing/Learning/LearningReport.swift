package import GatewayCore

/// What one replica tells the fleet of one route, and asks.
package struct LearningReport: Sendable, Equatable {
    /// What one target's judgments came to since the last report.
    package struct Target: Sendable, Equatable {
        package let deployment: DeploymentID
        /// Nil when there were none.
        package let sums: LearningSums?
    }

    package let space: String
    package let route: String
    package let replica: String
    /// Rises by one with each report that tells anything; the same one again is a repetition, which counts once.
    /// Nil for one that only asks.
    package let batch: Int64?
    package let halfLife: Duration
    package let targets: [Target]
    /// How much their judgments weigh in it.
    package let teachers: [LearningTeacher: Double]
}

/// What the fleet knows of a route.
package struct LearningRow: Sendable, Equatable {
    /// One for each target of the report, in its order; nil where nothing is known.
    package var targets: [LearningSums?]
    package var teachers: [LearningTeacher: Double]

    package init(targets: [LearningSums?], teachers: [LearningTeacher: Double]) {
        self.targets = targets
        self.teachers = teachers
    }
}
