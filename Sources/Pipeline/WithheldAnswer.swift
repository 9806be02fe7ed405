import GatewayCore
import ProviderAPIs
import Routing
import Upstream

/// An answer in which nothing stands but that it is refused, as moderations give it under a good status, or that there
/// was no room for one.
struct WithheldAnswer: Sendable {
    let end: HedgedCall.End
    let answer: UpstreamAnswer
    /// What it would be, had it come as an error.
    let refusal: ProviderFailure

    /// Nil for what is no such answer.
    init?(_ end: HedgedCall.End) {
        guard case .success(let answer) = end.result, let refusal = answer.reply.uncommitted?.withheld else {
            return nil
        }
        self.end = end
        self.answer = answer
        self.refusal = refusal
    }

    /// Whether the route has targets for such a request that may still be asked.
    func leadsOn(_ attempts: RouteAttempts) -> Bool {
        attempts.leadOn(after: CallFailure(refusal), from: end.attempt)
    }

    /// - Parameter sent: bytes of the request.
    func traffic(sent: Int) -> CallTraffic {
        switch answer.reply {
        case .whole(let answer, _): CallTraffic(sent: sent, usage: answer.usage)
        case .stream(let stream): stream.traffic(sent: sent)
        }
    }

    /// Ends the call, as another one's answer is the client's.
    func letGo() {
        if case .stream(let stream) = answer.reply { stream.cancel() }
    }
}

extension UpstreamReply {
    /// The answer, where nothing of it has been handed out and nothing of it is still to come.
    fileprivate var uncommitted: ChatAnswer? {
        switch self {
        case .whole(let answer, _): answer
        case .stream(let stream): stream.contentless
        }
    }
}
