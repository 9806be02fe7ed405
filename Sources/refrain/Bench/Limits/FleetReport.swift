/// How well a fleet used its providers' limits.
struct FleetReport: Codable {
    let scenario: String
    var offered = 0
    var denied = 0
    /// Requests that a provider answered 429.
    var refused = 0
    /// Milliseconds since the beginning at which a replica last decided alone.
    var lastDegraded: Int?
    /// Milliseconds since the beginning at which places of calls that nobody makes any more were last taken.
    var lastHeld: Int?
    /// What was used of the tighter limit of each provider, all of them together.
    var use = 0.0
    /// The most of a limit that was used in any minute.
    var peak = 0.0

    init(scenario: String) { self.scenario = scenario }

    mutating func finish(_ providers: [SimulatedProvider], capacity: Double, mean: Double) {
        let minutes = Double(FleetScenario.seconds) / 60
        var used = 0.0
        for provider in providers {
            let isTokenBound = Double(provider.tokenLimit) / mean < Double(provider.requestLimit)
            // In requests, so that providers add up.
            used += isTokenBound ? Double(provider.answeredTokens) / mean : Double(provider.answered)
            peak = max(
                peak, Double(provider.requestPeak) / Double(provider.requestLimit),
                Double(provider.tokenPeak) / Double(provider.tokenLimit))
        }
        // What a limiter with a perfect memory could admit: the first window is free from the beginning.
        use = used / (capacity * minutes)
    }

    var refusedShare: Double { offered > denied ? Double(refused) / Double(offered - denied) : 0 }
}
