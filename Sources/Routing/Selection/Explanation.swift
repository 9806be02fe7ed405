package import GatewayCore

/// Why a choice came out as it did: which stage decided, how sure it was, and what became of every target.
package struct Explanation: Sendable, Equatable {
    package typealias Stage = DecisionStage

    /// What became of one target.
    package struct Candidate: Sendable, Equatable {
        package let deployment: DeploymentID
        package let tier: String
        /// Nil for one that may take the request.
        package let rejection: Rejection?
        package let inputTokens: Int
        package let outputTokens: Int
        /// Nano-dollars; nil when the prices are not known.
        package let cost: Int?
    }

    /// The virtual model asked for.
    package var model: String
    package var stage: Stage
    /// The tier the stage wanted, which may have no target left.
    package var wantedTier: String?
    /// The tier that is tried first.
    package var tier: String?
    /// 0 to 1.
    package var confidence: Float
    /// What decided inside the stage: a rule's or route's name.
    package var reason: String?
    package var complexity: Float
    package var task: TaskType
    package var semantic: SemanticMatch?
    package var agent: StageScore?
    package var candidates: [Candidate]
}
