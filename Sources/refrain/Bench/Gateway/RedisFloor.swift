/// `redis-benchmark GET` in the place of the gateway: what a lookup alone costs.
enum RedisFloor {
    struct Figures: Equatable {
        var requestsPerSecond: Double
        /// In microseconds, as all of them.
        var p50: Double
        var p99: Double
        var max: Double
    }

    static func command(port: Int, connections: Int, requests: Int, core: Int?) -> [String] {
        let placed = core.map { ["taskset", "-c", "\($0)"] } ?? []
        return placed + [
            "redis-benchmark", "-p", "\(port)", "-c", "\(connections)", "-n", "\(requests)", "-t", "get", "--csv",
        ]
    }

    /// Stores what `command` asks for, about as long as an answer.
    static func priming(port: Int) -> [String] {
        ["redis-benchmark", "-p", "\(port)", "-c", "1", "-n", "1", "-t", "set", "-d", "640", "--csv"]
    }

    /// `"GET","rps","avg","min","p50","p95","p99","max"`, times in milliseconds; nil when there is no such line.
    static func figures(_ output: String) -> Figures? {
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("\"GET\"") }) else { return nil }
        let fields = line.split(separator: ",").map { Double($0.filter { $0 != "\"" }) }
        guard fields.count >= 8, let rate = fields[1], let p50 = fields[4], let p99 = fields[6], let max = fields[7]
        else { return nil }
        return Figures(requestsPerSecond: rate, p50: p50 * 1_000, p99: p99 * 1_000, max: max * 1_000)
    }
}
