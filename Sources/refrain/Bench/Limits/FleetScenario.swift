/// What happens to the fleet while its limits are measured.
enum FleetScenario: String, Codable, CaseIterable {
    case steady = "four replicas"
    case killed = "two of four replicas killed"
    case restarted = "Redis restarted without its data"

    /// Of simulated time.
    static let seconds = 300
    static let replicas = 4
    /// When it happens.
    static let eventSecond = 120
    /// How long Redis is away.
    static let outageSeconds = 5
    /// What is asked for, in terms of what the providers allow.
    static let load = 1.3
}
