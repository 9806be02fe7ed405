/// Where the mock listens, whom it serves and how it answers unless a request's headers say otherwise.
package struct MockProviderConfiguration: Sendable, Equatable {
    package var host = "127.0.0.1"
    /// 0 takes a free port; `start()` answers which.
    package var port = 0
    /// Event loop threads; one is enough to be far faster than what is measured against it.
    package var threads = 1
    /// The one key `Authorization: Bearer …` must carry; nil asks for none.
    package var apiKey: String?
    /// What `GET /v1/models` lists. Requests may name any model.
    package var models = ["mock-small", "mock-large", "mock-embedding"]
    /// Larger request bodies get 413, in bytes.
    package var bodyLimit = 16 * 1024 * 1024
    /// Seed of jitter and drawn errors: the same requests in the same order after a start or a reset meet the same.
    package var seed: UInt64 = 1
    package var behavior = MockBehavior()

    /// A free port of the loopback address, any caller, no fault.
    package init() {}
}
