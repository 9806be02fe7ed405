import Foundation

/// In what a client of a test speaks.
enum AskingDialect: String, CaseIterable {
    case chat, responses, messages

    var path: String {
        switch self {
        case .chat: "/v1/chat/completions"
        case .responses: "/v1/responses"
        case .messages: "/v1/messages"
        }
    }

    func body(_ question: String, model: String, stream: Bool) -> [UInt8] {
        let words = "{\"model\":\(Chat.quoted(model)),\"stream\":\(stream),"
        let asked = Chat.quoted(question)
        let rest =
            switch self {
            case .chat: "\"messages\":[{\"role\":\"user\",\"content\":\(asked)}]}"
            case .responses: "\"input\":\(asked)}"
            case .messages: "\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\(asked)}]}"
            }
        return Array((words + rest).utf8)
    }

    /// What only a stream that is whole has.
    var terminal: String {
        switch self {
        case .chat: "[DONE]"
        case .responses: "response.completed"
        case .messages: "message_stop"
        }
    }

    /// The type and, where the dialect has them, the code of an error answer.
    func refusal(_ answer: Answer) -> (type: String?, code: String?) {
        let root = try? JSONDecoder().decode(Body.self, from: Data(answer.body))
        return (root?.error?.type, root?.error?.code)
    }

    /// Whether a stream ends with this dialect's error for one that broke off, and nothing behind it.
    func isBrokenOff(_ answer: Answer) -> Bool {
        guard !answer.text.contains(terminal), let last = answer.events.last,
            let event = try? JSONDecoder().decode(Body.self, from: Data(last.utf8))
        else { return false }
        return switch self {
        case .chat: event.error?.code == "upstream_stream_truncated"
        case .responses: event.type == "response.failed"
        case .messages: event.type == "error" && event.error?.type == "api_error"
        }
    }

    private struct Body: Decodable {
        struct Fault: Decodable {
            let type: String?
            let code: String?
        }

        let type: String?
        let error: Fault?
    }
}
