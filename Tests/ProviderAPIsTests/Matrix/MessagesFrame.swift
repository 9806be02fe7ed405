import Foundation

/// An event of Messages.
struct MessagesFrame: Decodable {
    struct Block: Decodable {
        let type: String
        let name: String?
        let text: String?
    }

    struct Delta: Decodable {
        let text: String?
        let thinking: String?
        let partial_json: String?
        let stop_reason: String?
    }

    struct Usage: Decodable {
        let input_tokens: Int?
        let output_tokens: Int?
        let cache_read_input_tokens: Int?
        let cache_creation_input_tokens: Int?
    }

    let type: String
    let content_block: Block?
    let delta: Delta?
    let usage: Usage?

    static func view(_ frames: [String]) throws -> ClientView {
        var view = ClientView()
        var call: (name: String, arguments: String)?
        let events = try frames.map { try JSONDecoder().decode(MessagesFrame.self, from: Data($0.utf8)) }
        for event in events {
            if let block = event.content_block {
                if block.type == "tool_use" { call = (block.name ?? "", "") }
                view.text += block.text ?? ""
            }
            view.text += event.delta?.text ?? ""
            view.thoughts += event.delta?.thinking ?? ""
            call?.arguments += event.delta?.partial_json ?? ""
            if event.type == "content_block_stop", let whole = call {
                try view.call(whole.name, whole.arguments)
                call = nil
            }
            if let reason = event.delta?.stop_reason {
                view.ending = [
                    "end_turn": .stop, "stop_sequence": .stop, "tool_use": .tools, "max_tokens": .length,
                    "model_context_window_exceeded": .length, "refusal": .filter,
                ][reason]
            }
            if event.type == "message_delta", let usage = event.usage {
                let cached = usage.cache_read_input_tokens ?? 0
                view.usage = .init(
                    input: (usage.input_tokens ?? 0) + cached + (usage.cache_creation_input_tokens ?? 0),
                    output: usage.output_tokens ?? 0, cached: cached)
            }
        }
        view.isClosed = events.last?.type == "message_stop" && events.count { $0.type == "message_stop" } == 1
        return view
    }
}
