/// What a caller hands to the engine to start an exchange.
struct TransferOrder: Sendable {
    let id: TransferID
    let request: CurlRequest
    /// When `execute` was called: deadlines count from here, so time spent in the inbox is not a gift.
    let began: ContinuousClock.Instant
    let waiter = HeadWaiter()
}
