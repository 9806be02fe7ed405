package import NIOCore

/// The body of a response as it arrives. Can be read once. It either ends, and then it is whole, or it throws:
/// a body shorter than its length, or without its last chunk, is never taken for whole.
///
/// A reader that holds back holds back the provider: at most about 16 pieces of 16 KB wait in the process.
/// Cancelling the reading task or dropping the body ends the exchange at once.
package struct CurlBody: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer
    package typealias Failure = CurlError

    typealias Producer = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, BodyDemand
    >

    /// What `Content-Length` says, if it was given.
    package let declaredLength: Int?
    /// Whether the protocol marks the end of this body (HTTP/2, a length, chunks). If not, it ends where the
    /// connection does, and nothing can tell a whole body from a shortened one.
    package let isDelimited: Bool
    private let producer: Producer
    private let demand: BodyDemand

    init(producer: Producer, declaredLength: Int?, isDelimited: Bool, demand: BodyDemand) {
        self.producer = producer
        self.demand = demand
        self.declaredLength = declaredLength
        self.isDelimited = isDelimited
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: producer.makeAsyncIterator(), order: demand.order)
    }

    /// When the piece came that was the last until now; nil if none has, or if the provider was ever held back.
    package var lastArrival: ContinuousClock.Instant? { demand.pace.last }

    /// Ends the exchange from any thread; whoever reads the body gets `cancelled`. Nothing happens behind its end.
    package func cancel() { demand.didTerminate() }

    /// Reads all of it.
    /// - Parameter limit: the most bytes to accept.
    /// - Throws: `bodyTooLarge` above `limit`, or what ended the exchange.
    package func collect(upTo limit: Int) async throws(CurlError) -> ByteBuffer {
        var whole = ByteBuffer()
        var iterator = makeAsyncIterator()
        while var piece = try await iterator.next(isolation: #isolation) {
            guard piece.readableBytes <= limit - whole.readableBytes else {
                throw CurlError(
                    .bodyTooLarge, "the body is longer than the \(limit) bytes asked for", requestMayHaveBeenSent: true)
            }
            if whole.readableBytes == 0 {
                // Most answers come in one piece: it is handed on without a copy.
                whole = piece
                if let declaredLength, declaredLength > whole.readableBytes {
                    whole.reserveCapacity(Swift.min(declaredLength, limit))
                }
            } else {
                whole.writeBuffer(&piece)
            }
        }
        return whole
    }

    /// Hands out the pieces in order.
    package struct AsyncIterator: AsyncIteratorProtocol {
        package typealias Element = ByteBuffer
        package typealias Failure = CurlError

        private var base: Producer.AsyncIterator
        private let order: PieceOrder

        init(base: Producer.AsyncIterator, order: PieceOrder) {
            self.base = base
            self.order = order
        }

        /// The next piece, never empty; nil at the end of a whole body.
        /// - Throws: what ended the exchange; `cancelled` when the task is cancelled.
        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(CurlError) -> ByteBuffer? {
            do {
                let piece = try await base.next(isolation: actor)
                order.didReceive()
                return piece
            } catch let error as CurlError {
                throw error
            } catch {
                throw .cancelled(requestMayHaveBeenSent: true)
            }
        }

        package mutating func next() async throws(CurlError) -> ByteBuffer? {
            try await next(isolation: #isolation)
        }
    }
}
