/// How a virtual model chooses among its tiers.
package struct SelectionConfiguration: Sendable {
    /// A semantic route with its examples as texts.
    package struct Examples: Sendable {
        package var name: String
        package var tier: String
        package var phrases: [String]
        /// The least cosine to one of them.
        package var threshold: Float

        package init(name: String, tier: String, phrases: [String], threshold: Float) {
            self.name = name
            self.tier = tier
            self.phrases = phrases
            self.threshold = threshold
        }
    }

    package var objective = VirtualModel.Objective.balanced
    /// From the weakest to the strongest.
    package var tiers: [String]
    package var defaultTier: String
    package var rules: [SelectionRule] = []
    package var examples: [Examples] = []
    /// The complexity from which on the next tier is taken, one for each border; nil to divide it evenly.
    package var thresholds: [Float]?
    /// A choice by complexity that is less sure is left to the default.
    package var confidence: Float = 0.3

    package init(tiers: [String], defaultTier: String) {
        self.tiers = tiers
        self.defaultTier = defaultTier
    }
}
