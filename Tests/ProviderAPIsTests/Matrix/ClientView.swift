import Foundation
import GatewayCore

/// What a client makes of an answer, read here anew by the types of the makers' SDKs: nothing of the gateway's is used.
struct ClientView: Equatable {
    enum Ending: String { case stop, tools, length, filter }

    struct Usage: Equatable {
        /// All of the prompt, cached or not.
        var input: Int
        /// Thoughts included.
        var output: Int
        var cached = 0
        var reasoning = 0
    }

    var text = ""
    var thoughts = ""
    /// Thoughts that a client would show as nothing.
    var emptyThoughts = 0
    var refusal = ""
    /// `name arguments`, the arguments with sorted keys, in their order.
    var calls: [String] = []
    var ending: Ending?
    var usage: Usage?
    /// Whether the dialect's own end came, and nothing behind it.
    var isClosed = false
    private var callIDs: Set<String> = []

    /// What a fixture says.
    init(expected json: String) throws {
        let said = try JSONDecoder().decode(Expected.self, from: Data(json.utf8))
        text = said.text ?? ""
        thoughts = said.thoughts ?? ""
        emptyThoughts = said.emptyThoughts ?? 0
        refusal = said.refusal ?? ""
        for call in said.calls ?? [] {
            let parts = call.split(separator: " ", maxSplits: 1).map(String.init)
            calls.append("\(parts[0]) \(try PlainJSON(parts[1]).text)")
        }
        ending = Ending(rawValue: said.ending)
        usage = said.input.map {
            Usage(input: $0, output: said.output ?? 0, cached: said.cached ?? 0, reasoning: said.reasoning ?? 0)
        }
        isClosed = true
    }

    init() {}

    static func == (left: ClientView, right: ClientView) -> Bool {
        left.text == right.text && left.thoughts == right.thoughts && left.emptyThoughts == right.emptyThoughts
            && left.refusal == right.refusal && left.calls == right.calls && left.ending == right.ending
            && left.usage == right.usage && left.isClosed == right.isClosed
    }

    private struct Expected: Decodable {
        let text: String?
        let thoughts: String?
        let emptyThoughts: Int?
        let refusal: String?
        let calls: [String]?
        let ending: String
        let input: Int?
        let output: Int?
        let cached: Int?
        let reasoning: Int?
    }

    static func read(stream: String, as api: ClientAPI) throws -> ClientView {
        let frames = stream.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map { frame in
            frame.components(separatedBy: "\n").first { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) } ?? ""
        }
        switch api {
        case .chat: return try ChatFrame.view(frames)
        case .responses: return try ResponsesFrame.view(frames)
        case .messages: return try MessagesFrame.view(frames)
        }
    }

    static func read(body: String, as api: ClientAPI) throws -> ClientView {
        let decoder = JSONDecoder()
        var view =
            switch api {
            case .chat: try decoder.decode(ChatBody.self, from: Data(body.utf8)).view
            case .responses: try decoder.decode(ResponsesBody.self, from: Data(body.utf8)).view
            case .messages: try decoder.decode(MessagesBody.self, from: Data(body.utf8)).view
            }
        view.isClosed = true
        return view
    }

    /// - Throws: ``Fault`` for an id that names no call, or two.
    mutating func call(_ name: String, _ arguments: String, id: String) throws {
        guard !id.isEmpty, callIDs.insert(id).inserted else { throw Fault.callID(id) }
        calls.append("\(name) \(try PlainJSON(arguments.isEmpty ? "{}" : arguments).text)")
    }

    mutating func thought(_ text: String) {
        thoughts += text
        if text.isEmpty { emptyThoughts += 1 }
    }

    enum Fault: Error { case callID(String) }
}
