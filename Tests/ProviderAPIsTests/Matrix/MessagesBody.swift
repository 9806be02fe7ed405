/// A `message`.
struct MessagesBody: Decodable {
    struct Block: Decodable {
        let type: String
        let text: String?
        let thinking: String?
        let id: String?
        let name: String?
        let input: PlainJSON?
    }

    struct Usage: Decodable {
        struct Details: Decodable { let thinking_tokens: Int? }

        let input_tokens: Int?
        let output_tokens: Int?
        let cache_read_input_tokens: Int?
        let cache_creation_input_tokens: Int?
        let output_tokens_details: Details?

        var view: ClientView.Usage {
            let cached = cache_read_input_tokens ?? 0
            return .init(
                input: (input_tokens ?? 0) + cached + (cache_creation_input_tokens ?? 0), output: output_tokens ?? 0,
                cached: cached, reasoning: output_tokens_details?.thinking_tokens ?? 0)
        }
    }

    static let endings: [String: ClientView.Ending] = [
        "end_turn": .stop, "stop_sequence": .stop, "tool_use": .tools, "max_tokens": .length,
        "model_context_window_exceeded": .length, "refusal": .filter,
    ]

    let content: [Block]
    let stop_reason: String?
    let usage: Usage

    var view: ClientView {
        get throws {
            var view = ClientView()
            for block in content {
                view.text += block.text ?? ""
                if block.type == "thinking" { view.thought(block.thinking ?? "") }
                if block.type == "tool_use", let input = block.input {
                    try view.call(block.name ?? "", input.text, id: block.id ?? "")
                }
            }
            view.ending = stop_reason.flatMap { Self.endings[$0] }
            view.usage = usage.view
            return view
        }
    }
}
