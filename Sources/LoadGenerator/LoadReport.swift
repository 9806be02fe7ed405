/// What one run of load came to.
package struct LoadReport: Sendable {
    /// Requests answered whole with a 2xx status and the expected header.
    package internal(set) var completed = 0
    package internal(set) var failures = 0
    /// What the first failure was.
    package internal(set) var firstFailure: String?
    /// From the first request to the last answer.
    package internal(set) var elapsed: Duration = .zero
    /// From the send (at a fixed rate: from when it was due) to the last byte of the answer.
    package internal(set) var latency = LatencyHistogram()
    /// The same to the first byte of the answer.
    package internal(set) var firstByte = LatencyHistogram()
    /// Between two reads that brought parts of one answer's body.
    package internal(set) var gaps = LatencyHistogram()
    /// From the provider's sending of a frame to its arrival, where frames say when they were sent.
    package internal(set) var transit = LatencyHistogram()
    /// Bytes of all bodies.
    package internal(set) var bodyBytes = 0

    package init() {}

    package var requestsPerSecond: Double {
        elapsed > .zero ? Double(completed) / (elapsed / .seconds(1)) : 0
    }

    /// Whether the figures mean anything: something was measured and nothing failed.
    package var isValid: Bool { failures == 0 && completed > 0 }

    mutating func fail(_ reason: String) {
        failures += 1
        if firstFailure == nil { firstFailure = reason }
    }
}
