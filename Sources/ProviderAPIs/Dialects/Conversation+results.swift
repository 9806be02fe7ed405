internal import GatewayCore

extension Conversation {
    /// The messages with their places in the request, results of tools right behind the turn that called: histories
    /// that were shortened or came from another provider have them later at times, which is refused there.
    /// - Throws: `invalidRequest` for a result without its call.
    func messagesWithResultsInPlace() throws(GatewayError) -> [(index: Int, message: Message)] {
        var ordered: [(index: Int, message: Message)] = []
        var late: [(caller: Int, index: Int, message: Message)] = []
        var callers: [String: Int] = [:]
        for (index, message) in messages.enumerated() {
            guard message.role == .tool else {
                for call in message.toolCalls { callers[call.id] = index }
                ordered.append((index, message))
                continue
            }
            guard let caller = message.parts.lazy.compactMap({ $0.resultID.flatMap { callers[$0] } }).first else {
                let place = "messages[\(index)].tool_call_id"
                throw GatewayError(
                    .invalidRequest, "'\(place)' must be the id of a call in an earlier message", parameter: place)
            }
            if ordered.last.map({ $0.index == caller || $0.message.role == .tool }) == true {
                ordered.append((index, message))
            } else {
                late.append((caller, index, message))
            }
        }
        for one in late {
            guard let turn = ordered.firstIndex(where: { $0.index == one.caller }) else { continue }
            let end = ordered[(turn + 1)...].firstIndex { $0.message.role != .tool } ?? ordered.endIndex
            ordered.insert((one.index, one.message), at: end)
        }
        return ordered
    }

    /// What is refused where every text of nothing is left out and nothing remains.
    static var nothingSaid: GatewayError {
        GatewayError(.invalidRequest, "'messages' must have a message that is not empty", parameter: "messages")
    }
}

extension ContentPart {
    fileprivate var resultID: String? {
        if case .toolResult(let result) = content { result.callID } else { nil }
    }
}
