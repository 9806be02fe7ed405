/// A `response`.
struct ResponsesBody: Decodable {
    struct Item: Decodable {
        struct Part: Decodable {
            let type: String
            let text: String?
            let refusal: String?
        }

        let type: String
        let content: [Part]?
        let summary: [Part]?
        let call_id: String?
        let name: String?
        let arguments: String?
    }

    struct Incomplete: Decodable { let reason: String }

    struct Usage: Decodable {
        struct Input: Decodable { let cached_tokens: Int }
        struct Output: Decodable { let reasoning_tokens: Int }

        let input_tokens: Int
        let output_tokens: Int
        let input_tokens_details: Input
        let output_tokens_details: Output

        var view: ClientView.Usage {
            .init(
                input: input_tokens, output: output_tokens, cached: input_tokens_details.cached_tokens,
                reasoning: output_tokens_details.reasoning_tokens)
        }
    }

    let status: String
    let incomplete_details: Incomplete?
    let output: [Item]
    let usage: Usage?

    var view: ClientView {
        get throws {
            var view = ClientView()
            for item in output {
                for part in item.content ?? [] {
                    view.text += part.text ?? ""
                    view.refusal += part.refusal ?? ""
                }
                // Thoughts without a summary are what clients of this dialect know as hidden ones.
                for part in item.summary ?? [] { view.thought(part.text ?? "") }
                if item.type == "function_call" {
                    try view.call(item.name ?? "", item.arguments ?? "", id: item.call_id ?? "")
                }
            }
            view.ending = ending(hasCalls: !view.calls.isEmpty)
            view.usage = usage?.view
            return view
        }
    }

    func ending(hasCalls: Bool) -> ClientView.Ending? {
        if status == "completed" { return hasCalls ? .tools : .stop }
        return ["max_output_tokens": .length, "content_filter": .filter][incomplete_details?.reason ?? ""]
    }
}
