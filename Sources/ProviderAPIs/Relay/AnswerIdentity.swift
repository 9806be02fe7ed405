internal import GatewayCore

/// What names an answer whose provider gave it no name or time, and its calls that have no id.
package struct AnswerIdentity: Sendable {
    private let id: String
    private let model: String?
    private let created: Int

    /// - Parameters:
    ///   - id: without the prefix of any dialect.
    ///   - model: the name it was asked by at the provider.
    ///   - created: seconds since 1970.
    package init(id: String, model: String? = nil, created: Int) {
        self.id = id
        self.model = model
        self.created = created
    }

    func completing(_ event: AnswerEvent) -> AnswerEvent {
        switch event {
        case .started(let id, let model, let created):
            .started(id: id ?? self.id, model: model ?? self.model, created: created ?? self.created)
        case .toolCall(let index, id: "", let name, let signature, let choice):
            .toolCall(
                index, id: CallID.made(of: id, choice: choice, call: index), name: name, signature: signature,
                choice: choice)
        default: event
        }
    }

    func completing(_ answer: Answer) -> Answer {
        var answer = answer.namingCalls(by: id)
        answer.id = answer.id ?? id
        answer.model = answer.model ?? model
        answer.created = answer.created ?? created
        return answer
    }
}
