import Foundation

/// An event of Messages.
struct MessagesFrame: Decodable {
    struct Delta: Decodable {
        let text: String?
        let thinking: String?
        let partial_json: String?
        let stop_reason: String?
    }

    let type: String
    let content_block: MessagesBody.Block?
    let delta: Delta?
    let usage: MessagesBody.Usage?

    static func view(_ frames: [String]) throws -> ClientView {
        var view = ClientView()
        var call: (id: String, name: String, arguments: String)?
        var thought: String?
        let events = try frames.map { try JSONDecoder().decode(MessagesFrame.self, from: Data($0.utf8)) }
        for event in events {
            if let block = event.content_block {
                if block.type == "tool_use" { call = (block.id ?? "", block.name ?? "", "") }
                if block.type == "thinking" { thought = block.thinking ?? "" }
                view.text += block.text ?? ""
            }
            view.text += event.delta?.text ?? ""
            thought? += event.delta?.thinking ?? ""
            call?.arguments += event.delta?.partial_json ?? ""
            if event.type == "content_block_stop" {
                if let whole = call { try view.call(whole.name, whole.arguments, id: whole.id) }
                if let whole = thought { view.thought(whole) }
                (call, thought) = (nil, nil)
            }
            if let reason = event.delta?.stop_reason { view.ending = MessagesBody.endings[reason] }
            if event.type == "message_delta", let usage = event.usage { view.usage = usage.view }
        }
        view.isClosed = events.last?.type == "message_stop" && events.count { $0.type == "message_stop" } == 1
        return view
    }
}
