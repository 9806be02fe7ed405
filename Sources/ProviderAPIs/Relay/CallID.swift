internal import GatewayCore

/// Names for calls that came without one. A client gives results back by them, and providers refuse a history in which
/// two calls have the same.
enum CallID {
    /// Short and plain, as every dialect takes ids.
    /// - Parameter answer: what tells its answer apart from the others of a conversation.
    static func made(of answer: String, choice: Int, call: Int) -> String {
        "call_\(String(FNV1a(answer).value, radix: 16))_\(choice)_\(call)"
    }
}

extension Answer {
    /// The same with ids of its calls that have none.
    /// - Parameter name: of the answer.
    func namingCalls(by name: String) -> Answer {
        guard choices.contains(where: { $0.parts.contains(where: \.isNamelessCall) }) else { return self }
        var answer = self
        for (index, choice) in choices.enumerated() {
            var count = 0
            for (place, part) in choice.parts.enumerated() {
                guard case .toolCall(var call) = part.content else { continue }
                if call.id.isEmpty {
                    call.id = CallID.made(of: name, choice: index, call: count)
                    answer.choices[index].parts[place].content = .toolCall(call)
                }
                count += 1
            }
        }
        return answer
    }
}

extension ContentPart {
    fileprivate var isNamelessCall: Bool {
        if case .toolCall(let call) = content { call.id.isEmpty } else { false }
    }
}
