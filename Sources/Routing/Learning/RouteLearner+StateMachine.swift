import GatewayCore

extension RouteLearner {
    /// The learner's pure half: sums of three ages. What the fleet knew at the last exchange, what was told since and
    /// is not known to have arrived, and what is still to be told. Together they are all that was heard.
    struct StateMachine: Sendable {
        /// Sums of one age.
        struct Part: Sendable {
            var sums: [DeploymentID: LearningSums] = [:]
            var teachers: [LearningTeacher: Double] = [:]

            var isEmpty: Bool { sums.isEmpty }

            mutating func fade(by factor: Double) {
                for key in sums.keys { sums[key]?.fade(by: factor) }
                teachers = teachers.mapValues { $0 * factor }
            }
        }

        private let halfLife: Duration
        private let cap: TenantCap
        private var shared = Part()
        private var told = Part()
        private var fresh = Part()
        private var batch: Int64 = 0
        private var faded: ContinuousClock.Instant
        private var refreshed: ContinuousClock.Instant
        private var changed: Set<DeploymentID> = []

        init(halfLife: Duration, cap: TenantCap, now: ContinuousClock.Instant) {
            self.halfLife = halfLife
            self.cap = cap
            faded = now
            refreshed = now
        }

        mutating func learn(
            _ features: LearningFeatures, of deployment: DeploymentID, score: Double, from tenant: TenantID,
            now: ContinuousClock.Instant
        ) -> Double {
            fade(to: now)
            let teacher = LearningTeacher(tenant, of: deployment)
            let parts = [shared, told, fresh]
            let own = parts.reduce(0) { $0 + ($1.teachers[teacher] ?? 0) }
            let all = parts.reduce(0) { $0 + ($1.sums[deployment]?.weight ?? 0) }
            let weight = cap.weight(own: own, all: all)
            guard weight > 0 else { return 0 }
            fresh.sums[deployment, default: LearningSums()].add(features, score: score, weight: weight)
            fresh.teachers[teacher, default: 0] += weight
            changed.insert(deployment)
            return weight
        }

        /// The sums of what changed since the last time; of all when they have faded by a hundredth.
        mutating func takeChanged(
            among deployments: [DeploymentID], now: ContinuousClock.Instant
        ) -> [DeploymentID: LearningSums] {
            fade(to: now)
            if Fading.factor(after: refreshed.duration(to: now), halfLife: halfLife) < 0.99 {
                changed.formUnion(deployments)
                refreshed = now
            }
            defer { changed = [] }
            return Dictionary(uniqueKeysWithValues: changed.map { ($0, sums(of: $0)) })
        }

        mutating func takeReport(
            now: ContinuousClock.Instant
        ) -> (batch: Int64?, sums: [DeploymentID: LearningSums], teachers: [LearningTeacher: Double]) {
            fade(to: now)
            // What was told before and not answered is told again as it was: it may have arrived.
            if told.isEmpty, !fresh.isEmpty {
                (told, fresh) = (fresh, Part())
                batch += 1
            }
            return told.isEmpty ? (nil, [:], [:]) : (batch, told.sums, told.teachers)
        }

        mutating func apply(
            _ sums: [DeploymentID: LearningSums], teachers: [LearningTeacher: Double], batch: Int64?,
            now: ContinuousClock.Instant
        ) {
            fade(to: now)
            for (deployment, known) in sums where known != shared.sums[deployment] { changed.insert(deployment) }
            // What the fleet has forgotten is forgotten here.
            changed.formUnion(shared.sums.keys.filter { sums[$0] == nil })
            shared = Part(sums: sums, teachers: teachers)
            if batch == self.batch { told = Part() }
        }

        mutating func sums(of deployment: DeploymentID, now: ContinuousClock.Instant) -> LearningSums {
            fade(to: now)
            return sums(of: deployment)
        }

        private func sums(of deployment: DeploymentID) -> LearningSums {
            var sums = shared.sums[deployment] ?? LearningSums()
            for part in [told, fresh] { if let more = part.sums[deployment] { sums.add(more) } }
            return sums
        }

        private mutating func fade(to now: ContinuousClock.Instant) {
            guard now > faded else { return }
            let factor = Fading.factor(after: faded.duration(to: now), halfLife: halfLife)
            shared.fade(by: factor)
            told.fade(by: factor)
            fresh.fade(by: factor)
            faded = now
        }
    }
}
