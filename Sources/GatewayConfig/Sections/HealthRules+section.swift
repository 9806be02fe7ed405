import Routing

extension HealthRules {
    /// Reads `routing.health`. What the evidence of a failure weighs is no key: it is a statistical constant.
    mutating func read(_ section: ConfigSection) {
        Self.read(section, "hard_failures_within", into: &pairMilliseconds)
        var rate = Double(ratioPerMille) / 1000
        section.read("error_rate", .number(0...1), into: &rate)
        ratioPerMille = Int64((rate * 1000).rounded())
        var minimum = Int(ratioMinimum)
        section.read("error_rate_requests", .integer(1...1_000_000), into: &minimum)
        ratioMinimum = Int64(minimum)
        Self.read(section, "open_min", into: &firstOpenMilliseconds)
        Self.read(section, "open_max", into: &longestOpenMilliseconds)
        Self.read(section, "relapse_within", into: &relapseMilliseconds)
        Self.read(section, "refused_key_pause", into: &disabledMilliseconds)
        Self.read(section, "probe_timeout", into: &leaseMilliseconds)
        Self.read(section, "rate_limited_pause", into: &limitedMilliseconds)
        Self.read(section, "rate_limited_pause_max", into: &longestLimitedMilliseconds)
        section.read("last_resort_calls", .integer(0...10_000), into: &lastResortCalls)
        var idle = idleProbeMilliseconds ?? 0
        Self.read(section, "idle_probe", least: .zero, into: &idle)
        idleProbeMilliseconds = idle > 0 ? idle : nil
        if firstOpenMilliseconds > longestOpenMilliseconds {
            section.refuse("open_max", "expected at least open_min, found less")
        }
        if limitedMilliseconds > longestLimitedMilliseconds {
            section.refuse("rate_limited_pause_max", "expected at least rate_limited_pause, found less")
        }
    }

    private static func read(
        _ section: ConfigSection, _ name: String, least: Duration = .milliseconds(1), into milliseconds: inout Int64
    ) {
        var duration = Duration.milliseconds(milliseconds)
        section.read(name, .duration(least ... .seconds(86_400)), into: &duration)
        milliseconds = Int64(duration / .milliseconds(1))
    }
}
