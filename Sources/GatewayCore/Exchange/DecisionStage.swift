/// Which stage chose the tier of a virtual model, in the order in which they are asked; the first that is sure
/// decides. The raw value is a metric label.
package enum DecisionStage: String, Sendable, CaseIterable {
    case rule
    case semantic
    case complexity
    /// The step of an agent's loop.
    case agent
    /// The session stays where it is.
    case session
    case byDefault = "default"
    /// No target may take the request.
    case none
}
