import GatewayCore
import Routing
import SemanticCache

extension Pipeline {
    /// How a request that missed goes on.
    enum Course: Sendable {
        /// Another's call, or an answer stored meanwhile, gives its reply.
        case replies(Reply)
        case calls(FlightDuty?)
    }

    /// What a call came to.
    enum Called: Sendable {
        case answered(Dispatch.Answered)
        /// Another replica's call did.
        case replies(Reply)
    }

    /// Lets a request share another's call.
    /// - Parameters:
    ///   - plan: of its route.
    ///   - pace: at which an answer that came whole is streamed.
    /// - Throws: what the client is told when the call it waited for has failed, or its own time is over.
    func share(
        _ analyzed: AnalyzedRequest, missed: CacheStage.Lookup, plan: RoutePlan, pace: ReplayPace,
        until deadline: ContinuousClock.Instant?, exchange: Exchange
    ) async throws(GatewayError) -> Course {
        // What was found and cannot be rendered nobody else could be given either.
        guard missed.hit == nil, let coalescing else { return .calls(nil) }
        switch try await coalescing.turn(
            analyzed, missed: missed, plan: plan, deadline: deadline, exchange: exchange)
        {
        case .answered(let hit):
            exchange.served(hit)
            let reply = serve(hit, to: analyzed.request, pace: pace, deadline: deadline, exchange: exchange)
            return reply.map { .replies($0) } ?? .calls(nil)
        case .follows(let stream): return .replies(reply(following: stream, exchange: exchange))
        case .call(let duty): return .calls(duty)
        }
    }

    private func reply(following stream: SharedReply, exchange: Exchange) -> Reply {
        stream.price = { [router] in router.cost(of: $0, model: $1) }
        return Reply(status: 200, body: .stream(stream), exchange: exchange)
    }

    /// Calls a target, unless another replica answers the question.
    /// - Parameters:
    ///   - duty: is another one behind a wait for other replicas.
    ///   - pace: at which an answer of theirs is streamed.
    func call(
        _ request: ChatRequest, of analyzed: AnalyzedRequest, attempts: RouteAttempts, duty: inout FlightDuty?,
        pace: ReplayPace, exchange: Exchange
    ) async throws(GatewayError) -> Called {
        while true {
            let dispatch = Dispatch(upstream: upstream, exchange: exchange, duty: duty)
            switch try await dispatch.run(request, attempts: attempts) {
            case .answered(let answered): return .answered(answered)
            case .elsewhere(let claim):
                let waited = await coalescing?.wait(for: claim, duty) { [router] in router.target($0) }
                switch waited ?? .call(nil) {
                case .answered(let hit):
                    duty = nil
                    exchange.served(hit)
                    let reply = serve(
                        hit, to: analyzed.request, pace: pace, deadline: attempts.deadline, exchange: exchange)
                    if let reply { return .replies(reply) }
                case .follows(let stream):
                    duty = nil
                    return .replies(reply(following: stream, exchange: exchange))
                case .refused(let error):
                    duty = nil
                    throw error
                // The fleet is not asked again, but by who takes over a stream that broke off.
                case .call(let next): duty = next
                case .gone: throw Dispatch.gone
                }
            }
        }
    }
}
