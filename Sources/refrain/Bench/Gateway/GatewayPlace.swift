/// Where one gateway of the benchmark listens and whom it asks.
struct GatewayPlace: Sendable {
    var port: Int
    var redisPort: Int
    var mockPort: Int
    var pacedPort: Int
    var slowPort: Int
    /// With its keys.
    var directory: String
    var modelDirectory: String
}
