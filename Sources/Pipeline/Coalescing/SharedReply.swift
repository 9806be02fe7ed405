import GatewayCore
import NIOCore
import ProviderAPIs
import SemanticCache

/// Another's stream, in the dialect of a client that follows it: from the first event on, as if the provider had been
/// asked for it.
///
/// Safe because one task reads it, the one that writes the reply.
final class SharedReply: ReplyStream, @unchecked Sendable {
    private let seat: FlightSeat<SharedPiece>
    private let request: ChatRequest
    private let exchange: Exchange
    private let deadline: ContinuousClock.Instant?
    /// What a call of its own would have cost, in nano-dollars. Set before it is read.
    var price: (@Sendable (TokenUsage?, String?) -> Int?)?
    private let unwatch: @Sendable () -> Void
    private var pieces: ArraySlice<SharedPiece>
    private var relay: (any AnswerRelay)?
    /// The provider's own end has come; the client's waits until the leader says that the answer is whole.
    private var hasEnded = false
    private var isOver = false

    /// - Parameter pieces: the first ones.
    init(
        seat: FlightSeat<SharedPiece>, pieces: [SharedPiece], request: ChatRequest, exchange: Exchange,
        deadline: ContinuousClock.Instant?
    ) {
        self.seat = seat
        self.pieces = pieces[...]
        self.request = request
        self.exchange = exchange
        self.deadline = deadline
        unwatch = exchange.client.whenGone {
            exchange.clientLeft()
            seat.leave()
        }
    }

    deinit { unwatch() }

    func next() async -> ByteBuffer? {
        while !isOver {
            if let piece = pieces.popFirst() {
                do throws(ProviderFailure) {
                    if let frame = try frame(of: piece) { return frame }
                } catch {
                    return broke()
                }
                continue
            }
            switch await seat.next(by: deadline) {
            case .pieces(let more, _): pieces = more[...]
            case .landed(let landing, _): return ended(landing)
            case .late: return broke(Coalescing.late)
            case .cancelled: return abandoned()
            case .failed, .lost, .leads, .again:
                if exchange.record.isClientGone { return abandoned() }
                return broke()
            }
        }
        return nil
    }

    func abandon() async {
        isOver = true
        seat.leave()
    }

    private func frame(of piece: SharedPiece) throws(ProviderFailure) -> ByteBuffer? {
        switch piece {
        case .opened(let target):
            let translation = TargetTranslation(request, for: target)
            relay = translation.relay {
                AnswerIdentity(
                    id: RequestID().description, model: translation.model,
                    created: Int(UnixTime.now().milliseconds / 1000))
            }
            return nil
        case .event(let event):
            switch try relay?.consume(event) ?? .ignored {
            case .lifecycle(let frame), .content(let frame), .usage(let frame): return frame
            case .done:
                hasEnded = true
                return nil
            case .ignored: return nil
            }
        }
    }

    private func ended(_ landing: FlightLanding) -> ByteBuffer? {
        do throws(ProviderFailure) {
            if !hasEnded { _ = try relay?.finish() }
        } catch {
            return broke()
        }
        isOver = true
        exchange.note { record in
            record.resolvedModel = landing.model
            record.usage = landing.usage
        }
        exchange.priced(saved: price?(landing.usage, landing.model))
        return relay?.lastFrames
    }

    private func broke(
        _ error: GatewayError = GatewayError(
            .streamTruncated, "the provider's stream broke off before its end")
    ) -> ByteBuffer? {
        isOver = true
        exchange.failed(error)
        return relay?.failure(error)
    }

    private func abandoned() -> ByteBuffer? {
        isOver = true
        return nil
    }
}
