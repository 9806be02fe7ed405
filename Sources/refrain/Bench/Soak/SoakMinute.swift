/// One minute of a soak. Times in microseconds.
struct SoakMinute: Codable, Equatable, Sendable {
    var minute: Int
    var requestsPerSecond = 0.0
    var p50 = 0.0
    var p99 = 0.0
    var residentMiB = 0.0
    var failures = 0
}
