import NIOCore

/// Tells the engine what the reader of a body wants: more, or no more.
struct BodyDemand: NIOAsyncSequenceProducerDelegate, Sendable {
    let id: TransferID
    let engine: CurlEngine
    let isOver: TransferEnd
    let order: PieceOrder
    let pace: BodyPace

    func produceMore() {
        if !isOver.hasCome { engine.resume(id) }
    }

    /// Comes after a normal end, too: then there is nothing to cancel and the engine is left asleep.
    func didTerminate() {
        if !isOver.hasCome { engine.cancel(id) }
    }
}
