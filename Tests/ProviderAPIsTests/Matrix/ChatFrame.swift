import Foundation

/// A chunk of Chat Completions.
struct ChatFrame: Decodable {
    struct Choice: Decodable {
        let delta: Delta
        let finish_reason: String?
    }

    struct Delta: Decodable {
        let content: String?
        let refusal: String?
        let reasoning_content: String?
        /// The other name that compatible servers have for it.
        let reasoning: String?
        let tool_calls: [Call]?
    }

    struct Call: Decodable {
        struct Function: Decodable {
            let name: String?
            let arguments: String?
        }

        let index: Int
        let id: String?
        let function: Function?
    }

    let choices: [Choice]
    let usage: ChatBody.Usage?

    static func view(_ frames: [String]) throws -> ClientView {
        var view = ClientView()
        var calls: [Int: (id: String, name: String, arguments: String)] = [:]
        for frame in frames where frame != "[DONE]" {
            let chunk = try JSONDecoder().decode(ChatFrame.self, from: Data(frame.utf8))
            if let usage = chunk.usage { view.usage = usage.view }
            for choice in chunk.choices {
                view.text += choice.delta.content ?? ""
                view.refusal += choice.delta.refusal ?? ""
                view.thoughts += choice.delta.reasoning_content?.nonempty ?? choice.delta.reasoning ?? ""
                for call in choice.delta.tool_calls ?? [] {
                    calls[call.index, default: ("", "", "")].id += call.id ?? ""
                    calls[call.index, default: ("", "", "")].name += call.function?.name ?? ""
                    calls[call.index, default: ("", "", "")].arguments += call.function?.arguments ?? ""
                }
                if let reason = choice.finish_reason { view.ending = ChatBody.endings[reason] }
            }
        }
        for (_, call) in calls.sorted(by: { $0.key < $1.key }) { try view.call(call.name, call.arguments, id: call.id) }
        view.isClosed = frames.last == "[DONE]" && frames.count { $0 == "[DONE]" } == 1
        return view
    }
}
