/// What other threads tell the engine thread.
enum EngineMessage: Sendable {
    case start(TransferOrder)
    /// The reader has room again.
    case resume(TransferID)
    /// Nobody waits for this exchange any longer. May come more than once, and after its end.
    case cancel(TransferID)
}
