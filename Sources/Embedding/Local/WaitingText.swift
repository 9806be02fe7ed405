/// A tokenised text on its way to an engine, and whom to tell.
struct WaitingText: Sendable {
    let ids: [Int32]
    let promise: EmbeddingPromise
}
