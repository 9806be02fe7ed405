internal import GatewayCore

/// What names an answer whose provider gave it no name or time.
package struct AnswerIdentity: Sendable {
    private let id: String
    private let created: Int

    /// - Parameters:
    ///   - id: without the prefix of any dialect.
    ///   - created: seconds since 1970.
    package init(id: String, created: Int) {
        self.id = id
        self.created = created
    }

    func completing(_ event: AnswerEvent) -> AnswerEvent {
        guard case .started(let id, let model, let created) = event else { return event }
        return .started(id: id ?? self.id, model: model, created: created ?? self.created)
    }

    func completing(_ answer: Answer) -> Answer {
        var answer = answer
        answer.id = answer.id ?? id
        answer.created = answer.created ?? created
        return answer
    }
}
