import GatewayCore
import NIOConcurrencyHelpers
import Policy
import RequestAnalysis
import Routing
import SemanticCache

extension Pipeline {
    /// Makes a served answer anew behind its reply, where it is due and nobody does.
    func refresh(
        _ hit: CacheHit, to request: AnalyzedRequest, plan: RoutePlan, headers: CallerHeaders, scope: CacheScope
    ) {
        // What says no-store must leave nothing behind, nor what nobody knows whose it is.
        guard let refreshes, let due = hit.due, let place = request.place, !request.directives.skipsWrite,
            request.judgment.isKept
        else { return }
        refreshes.begin(hit.entry, in: place.partition, seen: due.created) { [self] lease in
            guard let asked = analyzer.refreshing(request, entry: hit.entry, due: due) else { return .refused }
            let order = RefreshOrder(lease: lease, due: due, answer: hit.answer, encoder: cache.encoder)
            return await refresh(
                asked, order, plan: plan, headers: headers.ofNobody(waiting: refreshes.deadline), scope: scope)
        }
    }

    /// One call for a new answer like any other: charged, limited, routed and recorded as its caller's, behind what
    /// anybody waits for.
    private func refresh(
        _ request: AnalyzedRequest, _ order: RefreshOrder, plan: RoutePlan, headers: CallerHeaders, scope: CacheScope
    ) async -> RefreshResult {
        let exchange = Exchange(recorder: recorder, client: PatientClient(), api: request.request.api, isRefresh: true)
        exchange.identified(scope)
        exchange.planned(plan)
        exchange.analyzed(request.request)
        do throws(GatewayError) {
            var lookup = CacheStage.Lookup()
            guard await cache.prepare(request, into: &lookup) else {
                exchange.note { $0.write = .storeDown }
                await exchange.finish(isClientGone: false)
                return .storeDown
            }
            try await admit(scope.tenant, directory.key(of: headers), exchange: exchange)
            let attempts = try await choose(
                plan, for: request.request, sign: nil, headers: headers, scope: scope, lookup: lookup,
                exchange: exchange)
            var duty: FlightDuty?
            let reply = try await forward(
                request, attempts: attempts, lookup: lookup, headers: headers, tenant: scope.tenant, duty: &duty,
                exchange: exchange, refresh: order)
            await reply.drain()
        } catch {
            exchange.failed(error)
            exchange.note { $0.status = error.status }
        }
        await exchange.finish(isClientGone: false)
        return RefreshResult(exchange.record.write, order.sameness.withLockedValue { $0 })
    }
}

extension CallerHeaders {
    /// For a request that nobody waits for: it belongs to no session, and comes behind all others.
    fileprivate func ofNobody(waiting time: Duration) -> CallerHeaders {
        var headers = self
        headers.session = nil
        headers.priority = WaitingClass.batch.rawValue
        headers.timeout = time
        return headers
    }
}

extension Reply {
    /// Reads a stream to its end, which stores its answer.
    fileprivate func drain() async {
        guard case .stream(let stream) = body else { return }
        while !Task.isCancelled, await stream.next() != nil {}
        if Task.isCancelled { await stream.abandon() }
    }
}

extension RefreshResult {
    /// - Parameter write: nil where there was no answer.
    fileprivate init(_ write: WriteOutcome?, _ sameness: AnswerSameness?) {
        switch write {
        case nil, .notFinished: self = .failed
        case .storeDown: self = .storeDown
        case .superseded: self = .superseded
        case .stored, .storedExact:
            switch sameness {
            case .same: self = .unchanged
            case .different: self = .changed
            case .unknown, nil: self = .uncompared
            }
        default: self = .refused
        }
    }
}
