/// What one window came to. Times in microseconds.
struct WindowFigures: Codable, Equatable, Sendable {
    var leg: LegName
    var kind: WindowKind
    var round = 1
    var requests = 0
    var requestsPerSecond = 0.0
    var p50 = 0.0
    var p99 = 0.0
    var max = 0.0
    var firstByteP50 = 0.0
    var firstByteP99 = 0.0
    var gapP50 = 0.0
    var gapP99 = 0.0
    /// Of frames, from the provider to the client; zero where they do not say when they were sent.
    var transitP50 = 0.0
    var transitP99 = 0.0
    /// User and system time of the server under test with its children, per request; nil where there is none.
    var processorTime: Double?
    var redisProcessorTime: Double?
    /// The share of one core the server used, 1 for a whole one. Well below it at the ceiling, the load generator, the
    /// provider or Redis is what was full.
    var busy: Double?
    /// Of the server, at the end of the window.
    var residentMiB: Double?

    var processorTimeWithRedis: Double? { processorTime.map { $0 + (redisProcessorTime ?? 0) } }
}
