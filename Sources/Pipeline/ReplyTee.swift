import GatewayCore
package import NIOCore
import ProviderAPIs
import Routing
import SemanticCache
import Upstream

/// One provider stream for two readers: the client gets every frame as it comes, the cache gets the whole when it is
/// complete, before the client gets the end. Where others follow, a task of its own reads it for all of them, so that a
/// client which does not read holds nobody up.
///
/// Safe because one task at a time reads the provider's stream, and ``ReplyPipe`` says which: the one that writes the
/// reply, or from some moment on the pump.
package final class ReplyTee: ReplyStream, @unchecked Sendable {
    private let stream: UpstreamStream
    private let keep: KeepAnswer
    private let exchange: Exchange
    private let attempt: RouteAttempt
    private let firstToken: Duration?
    private let sent: Int
    private let deadline: ContinuousClock.Instant?
    private let start = ContinuousClock.now
    private let unwatch: @Sendable () -> Void
    /// Nil where nobody can follow.
    private let pipe: ReplyPipe?
    /// Of who reads the provider's stream.
    private var isOver = false

    /// Ends the provider's call when the client goes away, even while nothing comes from the provider.
    /// - Parameters:
    ///   - attempt: told how the stream ends.
    ///   - firstToken: how long its first content took.
    ///   - sent: bytes of the request.
    ///   - deadline: when the client waits no longer; nil for never.
    init(
        stream: UpstreamStream, keep: KeepAnswer, exchange: Exchange, attempt: RouteAttempt, firstToken: Duration?,
        sent: Int, deadline: ContinuousClock.Instant?
    ) {
        self.sent = sent
        self.deadline = deadline
        self.stream = stream
        self.keep = keep
        self.exchange = exchange
        self.attempt = attempt
        self.firstToken = firstToken
        if let duty = keep.duty { stream.follow(duty.sharing(attempt.target)) }
        let pipe = keep.duty.map { ReplyPipe(limit: $0.lead.bytesLimit) }
        self.pipe = pipe
        let presence = keep.duty.map { $0.presence(of: exchange.client) } ?? exchange.client
        self.unwatch = presence.whenGone {
            exchange.clientLeft()
            pipe?.leave()
            stream.cancel()
        }
        keep.duty?.lead.whenFollowed { [weak self] in
            if let self, self.pipe?.followed() == true { self.startPump() }
        }
    }

    deinit { unwatch() }

    /// The next bytes for the client; nil at the end.
    ///
    /// A stream that breaks ends with an error in the client's dialect and without the terminal event, so that a
    /// truncated answer never looks whole.
    package func next() async -> ByteBuffer? {
        guard let pipe else { return await read() }
        guard pipe.beginReading() else {
            return await withTaskCancellationHandler { await pipe.take() } onCancel: { [stream] in stream.cancel() }
        }
        let frame = await read()
        if pipe.endReading() { startPump() }
        return frame
    }

    /// The same from the provider's stream.
    private func read() async -> ByteBuffer? {
        if isOver { return nil }
        do throws(ProviderFailure) {
            switch try await stream.next() {
            case .frame(let frame):
                return frame
            case .end(let ending):
                isOver = true
                switch ending {
                case .whole(let answer):
                    settle(answered(answer.usage))
                    exchange.answered(answer)
                    keep(answer, took: ownTime, for: exchange)
                case .tooLarge: end(.tooLarge)
                case .unproven: end(.notFinished)
                }
                return stream.lastFrames
            }
        } catch let failure {
            isOver = true
            exchange.note { $0.write = .notFinished }
            if exchange.record.isClientGone || pipe?.isAbandoned == true {
                leave()
                return nil
            }
            let isLate = failure.isOf(deadline)
            let error = isLate
                ? GatewayError(.providerTimeout, "the answer did not end within the time that the request gave")
                : GatewayError(.streamTruncated, "the provider's stream broke off before its end")
            exchange.failed(error)
            keep.duty?.fail(error, isOwn: isLate, api: exchange.api)
            exchange.streamBroke(label: isLate ? ProviderFailure.lateLabel : failure.label)
            settle(isLate ? .outrun(firstToken: firstToken) : AttemptEnd(failure))
            return stream.failure(error)
        }
    }

    /// Ends the provider's call for a client that takes no more, unless others wait for the answer: then reads it to
    /// its end, for as long as they do. By the reader, in place of ``next()``.
    package func abandon() async {
        guard let pipe, pipe.abandon() else { return quit() }
        if keep.duty?.lead.isFollowed != true { stream.cancel() }
        while await pipe.take() != nil {}
    }

    private func quit() {
        if isOver { return }
        isOver = true
        stream.cancel()
        exchange.note { $0.write = .notFinished }
        leave()
    }

    // MARK: - The pump

    private func startPump() { _ = exchange.client.start { [self] in await pump() } }

    /// Reads the provider's stream for all, for as long as the client or anybody else wants it.
    private func pump() async {
        guard let pipe, let lead = keep.duty?.lead else { return }
        while !isOver, await hasRoom(in: pipe, for: lead), let frame = await read() { pipe.give(frame) }
        quit()
        pipe.end()
    }

    /// Waits for a client that has not read what is there, unless others wait for the rest: then it gets no more.
    /// - Returns: false when nobody wants the rest.
    private func hasRoom(in pipe: ReplyPipe, for lead: FlightLead<SharedPiece>) async -> Bool {
        while true {
            switch pipe.room(isFollowed: lead.isFollowed) {
            case .free: return true
            case .unwanted: return false
            case .full:
                guard lead.isFollowed else {
                    await pipe.waitForRoom { lead.whenFollowed { pipe.wake() } }
                    continue
                }
                let error = GatewayError(
                    .streamTruncated, "the answer was not read in time, and others wait for the rest of it")
                exchange.failed(error)
                pipe.cut(with: stream.failure(error))
            }
        }
    }

    /// Nobody wants the rest, unless somebody has just come: then it is for that one to call.
    private func leave() {
        keep.duty?.fail(Dispatch.gone, isOwn: true, api: exchange.api)
        settle(.cancelled)
    }

    /// A stream that ended well but cannot be kept.
    private func end(_ outcome: WriteOutcome) {
        settle(answered(stream.usage))
        exchange.note { $0.write = outcome }
        keep.duty?.landParts(usage: stream.usage)
    }

    /// What the client takes to read is not the provider's time: it had ended when its last bytes came. Nil where the
    /// client held it back: then its own time is not known.
    private var ownTime: Duration? {
        guard let firstToken, let last = stream.lastArrival else { return nil }
        return firstToken + max(start.duration(to: last), .zero)
    }

    private func answered(_ usage: TokenUsage?) -> AttemptEnd {
        guard let duration = ownTime else {
            return .answered(usage: usage, firstToken: firstToken, isTimed: false)
        }
        return .answered(usage: usage, firstToken: firstToken, duration: duration)
    }

    private func settle(_ end: AttemptEnd) {
        exchange.settled(cost: attempt.end(end, traffic: stream.traffic(sent: sent)))
    }
}
