import Foundation

/// An event of Responses.
struct ResponsesFrame: Decodable {
    struct Item: Decodable {
        let type: String
        let name: String?
        let arguments: String?
    }

    struct Response: Decodable {
        struct Incomplete: Decodable { let reason: String }
        struct Usage: Decodable {
            struct Details: Decodable { let cached_tokens: Int }

            let input_tokens: Int
            let output_tokens: Int
            let input_tokens_details: Details
        }

        let status: String
        let incomplete_details: Incomplete?
        let usage: Usage?
    }

    let type: String
    let sequence_number: Int
    let delta: String?
    let item: Item?
    let response: Response?

    static func view(_ frames: [String]) throws -> ClientView {
        var view = ClientView()
        let events = try frames.map { try JSONDecoder().decode(ResponsesFrame.self, from: Data($0.utf8)) }
        for event in events {
            switch event.type {
            case "response.output_text.delta": view.text += event.delta ?? ""
            case "response.refusal.delta": view.refusal += event.delta ?? ""
            case "response.reasoning_summary_text.delta": view.thoughts += event.delta ?? ""
            case "response.output_item.done" where event.item?.type == "function_call":
                try view.call(event.item?.name ?? "", event.item?.arguments ?? "")
            case "response.completed": view.ending = view.calls.isEmpty ? .stop : .tools
            case "response.incomplete":
                view.ending = ["max_output_tokens": .length, "content_filter": .filter][
                    event.response?.incomplete_details?.reason ?? ""]
            default: break
            }
        }
        if let usage = events.last?.response?.usage {
            view.usage = .init(
                input: usage.input_tokens, output: usage.output_tokens,
                cached: usage.input_tokens_details.cached_tokens)
        }
        view.isClosed = ["response.completed", "response.incomplete"].contains(events.last?.type)
            && events.map(\.sequence_number) == Array(events.indices)
        return view
    }
}
