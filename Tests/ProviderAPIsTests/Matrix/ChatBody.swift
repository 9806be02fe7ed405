/// A `chat.completion`.
struct ChatBody: Decodable {
    struct Choice: Decodable {
        let message: Message
        let finish_reason: String?
    }

    struct Message: Decodable {
        let role: String
        let content: String?
        let refusal: String?
        let reasoning_content: String?
        /// The other name that compatible servers have for it.
        let reasoning: String?
        let tool_calls: [Call]?
    }

    struct Call: Decodable {
        struct Function: Decodable {
            let name: String
            let arguments: String
        }

        let id: String
        let type: String
        let function: Function
    }

    struct Usage: Decodable {
        struct Prompt: Decodable { let cached_tokens: Int? }
        struct Completion: Decodable { let reasoning_tokens: Int? }

        let prompt_tokens: Int
        let completion_tokens: Int
        let total_tokens: Int
        let prompt_tokens_details: Prompt?
        let completion_tokens_details: Completion?

        var view: ClientView.Usage {
            .init(
                input: prompt_tokens, output: completion_tokens, cached: prompt_tokens_details?.cached_tokens ?? 0,
                reasoning: completion_tokens_details?.reasoning_tokens ?? 0)
        }
    }

    static let endings: [String: ClientView.Ending] = [
        "stop": .stop, "tool_calls": .tools, "length": .length, "content_filter": .filter,
    ]

    let choices: [Choice]
    let usage: Usage?

    var view: ClientView {
        get throws {
            var view = ClientView()
            for choice in choices {
                view.text += choice.message.content ?? ""
                view.refusal += choice.message.refusal ?? ""
                view.thoughts += choice.message.reasoning_content?.nonempty ?? choice.message.reasoning ?? ""
                for call in choice.message.tool_calls ?? [] {
                    try view.call(call.function.name, call.function.arguments, id: call.id)
                }
                view.ending = choice.finish_reason.flatMap { Self.endings[$0] }
            }
            view.usage = usage?.view
            return view
        }
    }
}

extension String {
    /// Nil for no text.
    var nonempty: String? { isEmpty ? nil : self }
}
