internal import GatewayCore

/// What names an answer whose provider gave it no name or time.
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
        guard case .started(let id, let model, let created) = event else { return event }
        return .started(id: id ?? self.id, model: model ?? self.model, created: created ?? self.created)
    }

    func completing(_ answer: Answer) -> Answer {
        var answer = answer
        answer.id = answer.id ?? id
        answer.model = answer.model ?? model
        answer.created = answer.created ?? created
        return answer
    }
}
