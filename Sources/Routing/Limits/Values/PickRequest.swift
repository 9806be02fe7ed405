package import GatewayCore

/// Asks for room at one of several deployments.
package struct PickRequest: Sendable {
    /// How one is chosen among those of a tier that have room.
    package enum Mode: Int, Sendable {
        /// The first in the order given.
        case firstFit
        /// The one with the largest share of its tightest limit left.
        case mostHeadroom
        /// The roomier of two drawn at random: replicas that decide at once do not all take the same.
        case twoChoices
    }

    /// A deployment that could answer.
    package struct Candidate: Sendable {
        package var deployment: DeploymentID
        /// Neighbours with the same number are one tier; a later tier is looked at only when none before has room.
        package var tier: Int
        package var limits: Limits
        /// What the call would cost there, in billionths of a dollar.
        package var nanodollars: Int
        /// As estimated for its model; nil for what the request says of all.
        package var inputTokens: Int?
        /// The same of the answer.
        package var outputTokens: Int?

        package init(
            _ deployment: DeploymentID, tier: Int = 0, limits: Limits = Limits(), nanodollars: Int = 0,
            inputTokens: Int? = nil, outputTokens: Int? = nil
        ) {
            self.deployment = deployment
            self.tier = tier
            self.limits = limits
            self.nanodollars = nanodollars
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
        }
    }

    package var lease: LeaseID
    /// After this an attempt that was neither settled nor renewed holds no place and no money any more. At most an
    /// hour. Zero for what is never settled: it counts as it was reserved and holds nothing.
    package var life: Duration = .seconds(600)
    /// As estimated, for candidates that do not say otherwise.
    package var inputTokens: Int
    /// The same of the answer.
    package var outputTokens: Int
    /// All of them must have room for the most that a candidate would use; they are charged with what the chosen one
    /// would. At most ``scopeLimit``.
    package var scopes: [ScopeLimits] = []
    /// Those preferred first. At most ``candidateLimit`` are looked at.
    package var candidates: [Candidate]
    package var mode = Mode.firstFit
    /// In one tier, a deployment used up to this share of its limits wins over one used beyond it.
    package var softRatio = 0.85
    /// What ``Mode/twoChoices`` draws from.
    package var seed: UInt64 = 0

    package init(lease: LeaseID, inputTokens: Int = 0, outputTokens: Int = 0, candidates: [Candidate]) {
        self.lease = lease
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.candidates = candidates
    }

    package static let scopeLimit = 8
    package static let candidateLimit = 64
    package static let longestLife: Duration = .seconds(3600)
}

extension PickRequest {
    /// What the call is expected to use.
    package typealias Tokens = (input: Int, output: Int)

    /// What it would use at a candidate.
    package func tokens(at candidate: Candidate) -> Tokens {
        (
            Limits.countable(candidate.inputTokens ?? inputTokens),
            Limits.countable(candidate.outputTokens ?? outputTokens)
        )
    }

    /// The most of each that it would use at any candidate.
    package var mostTokens: Tokens {
        if candidates.isEmpty { return (Limits.countable(inputTokens), Limits.countable(outputTokens)) }
        var most: Tokens = (0, 0)
        for candidate in candidates.prefix(Self.candidateLimit) {
            let own = tokens(at: candidate)
            most = (max(most.input, own.input), max(most.output, own.output))
        }
        return most
    }
}
