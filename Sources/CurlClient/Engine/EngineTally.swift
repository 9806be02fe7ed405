import Synchronization

/// The counts behind `CurlCounters`, written by the engine thread and read by any.
final class EngineTally: Sendable {
    private let connectionsOpened = Atomic<Int>(0)
    private let exchangesStarted = Atomic<Int>(0)
    private let pauses = Atomic<Int>(0)
    private let bodyBytes = Atomic<Int>(0)

    func didStart() { exchangesStarted.wrappingAdd(1, ordering: .relaxed) }
    func didPause() { pauses.wrappingAdd(1, ordering: .relaxed) }
    func didReceive(_ count: Int) { bodyBytes.wrappingAdd(count, ordering: .relaxed) }
    func didOpenConnections(_ count: Int) { connectionsOpened.wrappingAdd(count, ordering: .relaxed) }

    func counters(inHand: Int) -> CurlCounters {
        CurlCounters(
            connectionsOpened: connectionsOpened.load(ordering: .relaxed),
            exchangesStarted: exchangesStarted.load(ordering: .relaxed), exchangesInHand: inHand,
            pauses: pauses.load(ordering: .relaxed), bodyBytesReceived: bodyBytes.load(ordering: .relaxed))
    }
}
