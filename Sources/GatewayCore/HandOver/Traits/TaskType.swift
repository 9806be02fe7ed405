/// What kind of work a request asks for. The raw value stands in configuration files and explanations.
package enum TaskType: String, Sendable, CaseIterable, Hashable {
    case code
    case math
    case translation
    case summarization
    case extraction
    case classification
    case creative
    /// Weighing, planning, designing, explaining why.
    case analysis
    /// A question about facts.
    case question
    /// Small talk, and whatever shows no sign of another kind.
    case chat
}
