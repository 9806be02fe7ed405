import Foundation
import GatewayCore

/// What a client makes of a stream, read here anew by the types of the makers' SDKs: nothing of the gateway's is used.
struct ClientView: Equatable {
    enum Ending: String { case stop, tools, length, filter }

    struct Usage: Equatable {
        /// All of the prompt, cached or not.
        var input: Int
        var output: Int
        var cached = 0
    }

    var text = ""
    var thoughts = ""
    var refusal = ""
    /// `name arguments`, the arguments with sorted keys, sorted.
    var calls: [String] = []
    var ending: Ending?
    var usage: Usage?
    /// Whether the dialect's own end came, and nothing behind it.
    var isClosed = false

    static func read(_ stream: String, as api: ClientAPI) throws -> ClientView {
        let frames = stream.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { frame in
            frame.components(separatedBy: "\n").first { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) } ?? ""
        }
        switch api {
        case .chat: return try ChatFrame.view(frames)
        case .responses: return try ResponsesFrame.view(frames)
        case .messages: return try MessagesFrame.view(frames)
        }
    }

    mutating func call(_ name: String, _ arguments: String) throws {
        let value = try JSONSerialization.jsonObject(with: Data((arguments.isEmpty ? "{}" : arguments).utf8))
        let sorted = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
        calls.append("\(name) \(String(decoding: sorted, as: UTF8.self))")
        calls.sort()
    }
}
