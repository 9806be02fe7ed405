/// What `bench gateway` measured. Times in microseconds where the name says nothing else.
struct GatewayBenchReport: Codable {
    struct Window: Codable {
        let leg: String
        let concurrency: Int
        let round: Int
        let requests: Int
        let requestsPerSecond: Double
        let p50: Double
        let p99: Double
        let max: Double
        let firstByteP50: Double
        let gapP50: Double
        let gapP99: Double
        /// Per request, of the server under test.
        let processorTime: Double
        let redisProcessorTime: Double
        let failures: Int
        let firstFailure: String?

        var isValid: Bool { failures == 0 && requests > 0 }
    }

    struct Process: Codable {
        var startMilliseconds = 0.0
        var startWithoutModelMilliseconds = 0.0
        var idleMiB = 0.0
        var idleWithoutModelMiB = 0.0
        var mirroredEntries = 0
        var mirrorSeconds = 0.0
        var mirroredMiB = 0.0
        var afterMiB = 0.0

        /// Resident bytes an entry adds.
        var bytesPerEntry: Double? {
            mirroredEntries > 0 ? (mirroredMiB - idleMiB) * 1_048_576 / Double(mirroredEntries) : nil
        }
    }

    /// How processors were shared out.
    var placement = ""
    var notes: [String] = []
    var process = Process()
    var windows: [Window] = []

    /// The median over the valid windows of a leg; nil when there is none.
    func median(_ leg: String, _ concurrency: Int, _ figure: (Window) -> Double) -> Double? {
        Figure.median(windows.filter { $0.leg == leg && $0.concurrency == concurrency && $0.isValid }.map(figure))
    }
}
