/// For which requests a target is meant, by their labels. A target without a rule is a catch-all.
package struct MatchRule: Sendable, Equatable {
    /// Every label must be there, with one of its values.
    package var metadata: [String: Set<String>]

    package init(metadata: [String: Set<String>]) { self.metadata = metadata }

    /// Whether a request's labels satisfy the rule. An empty rule matches everything.
    package func matches(_ labels: [String: String]) -> Bool {
        metadata.allSatisfy { label, values in labels[label].map(values.contains) ?? false }
    }
}
