/// Why an answer ended.
enum MockStop: Sendable, Equatable {
    case end
    /// The token limit was met.
    case length
    /// A stop sequence would have come next.
    case sequence(String)
    case calls
    case refusal
    /// What a knob names, in the dialect's own word.
    case given(String)
}
