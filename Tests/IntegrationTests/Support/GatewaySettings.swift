import GatewayTesting

/// The configuration of a gateway under test. Waits are longer than by default: what is tested is what happens, not
/// how fast it happens on a busy machine.
struct GatewaySettings {
    /// A provider and what its section says beyond the address.
    struct Provider {
        var name: String
        var port: Int
        var more = ""
        var scheme = "http"
        /// What the address has behind the port.
        var path = "/v1"
        /// The model's name there; nil for the one the client used.
        var model: String?
    }

    var redisPort: Int
    var providers: [Provider]
    /// Targets by model name.
    var routes: [(model: String, targets: [String])]
    /// What each route's section says beyond that.
    var routeMore = ""
    /// What the section of one route says besides, by its model.
    var routesMore: [String: String] = [:]
    var server = "drain: 20s"
    var cache = "threshold: 0.8"
    /// What follows `cache:` and `embedding:`; the encoder is off unless asked for.
    var embedding = "provider: off"
    /// What leads to Redis; nil for its port on this machine.
    var redisURL: String?
    var redis = "command_timeout: 1s, reconnect_max: 200ms"
    var logLevel = "info"
    var routing = ""
    /// Keys of tenants by the tenant; the keys are given to the gateway in its environment.
    var tenants: [String] = []
    /// More variables of its environment.
    var variables: [String: String] = [:]
    /// More lines of the file, at its top level.
    var lines: [String] = []

    /// One provider that answers the models `main` and `other`.
    init(_ redis: RedisServer, provider: Int) throws {
        guard let port = redis.port else { throw Mishap("Redis listens on no port") }
        self.init(redisPort: port, provider: provider)
    }

    /// The same, over a Redis that need not be there.
    init(redisPort: Int, provider: Int) {
        self.redisPort = redisPort
        providers = [Provider(name: "first", port: provider)]
        routes = [("main", ["first"]), ("other", ["first"])]
    }

    /// The real encoder.
    static let localEncoder = "provider: local, model_dir: \"\(Place.model)\", deadline: 5s"

    static func key(of tenant: String) -> String { "key-of-\(tenant)" }

    static func variable(of tenant: String) -> String { "REFRAIN_TEST_KEY_\(tenant.uppercased())" }

    var environment: [String: String] {
        variables.merging(tenants.map { (Self.variable(of: $0), Self.key(of: $0)) }) { first, _ in first }
    }

    var yaml: String {
        var lines = [
            "server: {port: 0, \(server)}",
            "log: {level: \(logLevel), format: text}",
            "redis: {url: \"\(redisURL ?? "redis://127.0.0.1:\(redisPort)")\", \(redis)}",
            "cache: {\(cache)}",
            "embedding: {\(embedding)}",
            "routing: {\(routing)}",
            "providers:",
        ]
        for provider in providers {
            let more = "allow_private: true" + (provider.more.isEmpty ? "" : ", \(provider.more)")
            let address = "\(provider.scheme)://127.0.0.1:\(provider.port)\(provider.path)"
            lines.append("  - {name: \(provider.name), base_url: \"\(address)\", \(more)}")
        }
        lines.append("routes:")
        for route in routes {
            let targets = route.targets.map(target).joined(separator: ", ")
            let more = [routeMore, routesMore[route.model] ?? ""].filter { !$0.isEmpty }.map { ", \($0)" }.joined()
            lines.append("  - {model: \"\(route.model)\", targets: [\(targets)]\(more)}")
        }
        if !tenants.isEmpty {
            lines.append("tenants:")
            lines += tenants.map { "  - {id: \($0), keys: [\"env:\(Self.variable(of: $0))\"]}" }
        }
        return (lines + self.lines).joined(separator: "\n") + "\n"
    }

    private func target(_ name: String) -> String {
        let model = providers.first { $0.name == name }?.model
        return "{provider: \(name)" + (model.map { ", model: \"\($0)\"}" } ?? "}")
    }
}
