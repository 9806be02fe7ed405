import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

/// Loads routes beside two providers, `a` and `b`, which take the first line, so that routes begin in the second.
enum RouteText {
    private static let providers =
        "providers: [{name: a, base_url: \"http://a/v1\"}, {name: b, base_url: \"http://b/v1\"}]\n"

    /// The only route of a text that begins with `routes:`.
    static func route(_ yaml: String) throws -> RouteConfiguration {
        let routes = try Refusals.load(providers + yaml).routing.routes
        try #require(routes.count == 1)
        return routes[0]
    }

    static func routes(_ yaml: String) throws -> [RouteConfiguration] {
        try Refusals.load(providers + yaml).routing.routes
    }

    /// What is wrong with a text.
    static func refusals(_ yaml: String) -> [String] { Refusals.of(providers + yaml) }

    /// What is wrong, without places.
    static func messages(_ yaml: String) -> [String] {
        Refusals.issues(of: providers + yaml).map { "\($0.path): \($0.message)" }
    }
}
