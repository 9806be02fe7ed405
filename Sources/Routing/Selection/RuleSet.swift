import GatewayCore

/// The rules of a virtual model, with all their keywords in one automaton.
struct RuleSet: Sendable {
    private let rules: [SelectionRule]
    private let automaton: PhraseAutomaton
    /// The rule of each phrase of the automaton.
    private let owners: [Int]

    init(_ rules: [SelectionRule]) {
        self.rules = rules
        owners = rules.enumerated().flatMap { index, rule in rule.keywords.map { _ in index } }
        automaton = PhraseAutomaton(rules.flatMap(\.keywords))
    }

    /// The first rule that is met.
    func match(_ traits: RequestTraits) -> SelectionRule? {
        guard !rules.isEmpty else { return nil }
        var isNamed = Array(repeating: false, count: rules.count)
        if !owners.isEmpty { automaton.scan(traits.prompt.span) { isNamed[owners[$0]] = true } }
        return rules.enumerated().first { index, rule in
            (rule.keywords.isEmpty || isNamed[index]) && rule.holds(traits)
        }?.element
    }
}
