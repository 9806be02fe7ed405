/// What one step of a stream adds to an answer. The order is that of the model's words; blocks are not marked: a part
/// of another kind ends the one before it.
package enum AnswerEvent: Sendable, Equatable {
    /// The provider has begun; nothing of the answer is there.
    case started(id: String?, model: String?, created: Int?)
    case text(String, choice: Int)
    case refusal(String, choice: Int)
    case thinking(String, choice: Int)
    /// Proves the thought at hand, and ends it.
    case signature(String, choice: Int)
    case redactedThinking(String, choice: Int)
    /// Opens a call. Calls count from 0 in each choice, in the order in which they are opened; fragments of several
    /// open calls may alternate.
    case toolCall(Int, id: String, name: String, signature: String?, choice: Int)
    case toolArguments(Int, String, choice: Int)
    /// A block that only the provider's dialect knows. An answer that holds one is not kept.
    case native(JSONText, choice: Int)
    /// OpenAI's `logprobs` of what comes with the next text.
    case logprobs(JSONText, choice: Int)
    case finished(FinishReason, native: String?, stopSequence: String?, choice: Int)
    /// All tokens so far: takes the place of what was told before.
    case usage(TokenUsage)
    /// The mark by which the dialect says that this is all.
    case ended

    /// Whether it is a part of the answer, so that the client has seen something once it is sent. Why an answer ended
    /// is none: without anything in front of it nothing is lost when another target is asked.
    package var isContent: Bool {
        switch self {
        case .started, .usage, .logprobs, .finished: false
        case .text(let text, _), .refusal(let text, _), .thinking(let text, _), .toolArguments(_, let text, _):
            !text.isEmpty
        case .signature, .redactedThinking, .toolCall, .native, .ended: true
        }
    }
}
