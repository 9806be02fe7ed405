/// What was counted in the last user message: the raw material of the complexity score. Counts saturate nowhere near
/// their limits, as a body has at most some megabytes.
package struct PromptSigns: Sendable, Equatable {
    package var bytes = 0
    package var words = 0
    package var lines = 0
    /// Bytes of lines that are program text.
    package var codeBytes = 0
    package var questionMarks = 0
    /// Lines that begin like items of a list.
    package var listItems = 0
    /// Groups of digits.
    package var numbers = 0
    /// `+ = ^ ∑ ∫ √ ≤ ≥` and the like.
    package var mathSigns = 0
    /// Words that bind the answer: must, exactly, at least, without …
    package var constraints = 0
    /// Words that ask for thought: prove, compare, trade-off, step by step …
    package var depth = 0
    /// Words that order steps: first, then, finally …
    package var steps = 0
    /// Words of greetings, thanks and everyday wishes.
    package var smallTalk = 0

    package init() {}
}
