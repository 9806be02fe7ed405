import Embedding
import GatewayCore
import Routing
import Testing

@testable import GatewayConfig

@Suite struct CrossCheckTests {
    @Test("No two providers may have one name, and no two routes one model")
    func uniqueNames() {
        let yaml = """
            providers:
              - {name: a, base_url: "http://a"}
              - {name: b, base_url: "http://b"}
              - {name: a, base_url: "http://c"}
            routes:
              - {model: m, targets: [{provider: a}]}
              - {model: "*", targets: [{provider: b}]}
              - {model: m, targets: [{provider: b}]}
              - {model: "*", targets: [{provider: a}]}
            """
        #expect(
            Refusals.of(yaml) == [
                "4:12: providers[2].name: expected a provider's name to be unique, found a that line 2 has",
                "8:13: routes[2].model: expected a route's model to be unique, found m that line 6 has",
                "9:13: routes[3].model: expected a route's model to be unique, found * that line 7 has",
            ])
    }

    @Test("A target's provider may stand further down, and must be there")
    func providersOfTargets() throws {
        let routes = "routes:\n  - model: m\n    targets: [{provider: a, model: x}, {provider: a}]\n"
        let providers = "providers:\n  - {name: a, base_url: \"http://a/v1\"}\n"
        let configuration = try Refusals.load(routes + providers)
        #expect(configuration.routing.routes.first?.targets.map(\.model) == ["x", nil])
        #expect(
            Refusals.of(routes).first
                == "3:26: routes[0].targets[0].provider: expected the name of a provider, found a; there are none")
    }

    @Test("A provider with a problem of its own is not also missing")
    func brokenProvider() {
        let yaml = """
            routes: [{model: m, targets: [{provider: a}]}]
            providers: [{name: a, base_url: nowhere}]
            """
        #expect(Refusals.issues(of: yaml).map(\.path) == ["providers[0].base_url"])
    }

    @Test("A route has at least one target", arguments: ["", "targets:", "targets: []"])
    func emptyRoutes(targets: String) {
        let issues = Refusals.issues(of: "routes:\n  - model: m\n    \(targets)\n")
        #expect(issues.map(\.path) == ["routes[0].targets"])
        #expect(issues.map(\.message) == ["expected a list of at least one target, found nothing"])
    }

    @Test("Tenants have ids and keys of their own, and no message shows a key")
    func tenants() {
        let yaml = """
            tenants:
              - {id: one, keys: [env:A, env:B]}
              - {id: two, keys: [env:C]}
              - {id: one, keys: [env:D]}
              - {id: none, keys: []}
            """
        let environment = ["A": "alpha-key", "B": "beta-key", "C": "alpha-key", "D": "delta-key"]
        let issues = Refusals.of(yaml, environment: environment)
        #expect(
            issues == [
                "3:22: tenants[1].keys[0]: expected a tenant's key to be unique, found one that line 2 has",
                "4:10: tenants[2].id: expected a tenant's id to be unique, found one that line 2 has",
                "5:22: tenants[3].keys: expected a list of at least one key, found nothing",
            ])
    }

    @Test("The remote encoder needs its section, whole")
    func remoteEncoder() throws {
        #expect(
            Refusals.of("embedding: {provider: remote}") == [
                "1:23: embedding.provider: expected embedding.remote to be set with the provider remote, "
                    + "found nothing"
            ])
        #expect(
            Refusals.issues(of: "embedding:\n  provider: remote\n  remote: {base_url: \"http://a\"}\n").map(\.path)
                == ["embedding.remote.model", "embedding.remote.dimension"])
        let remote = "{base_url: \"http://a/v1\", model: m, dimension: 4, api_key: env:KEY, revision: \"2\"}"
        let configuration = try Refusals.load(
            "embedding: {provider: remote, remote: \(remote)}", environment: ["KEY": "hidden"])
        #expect(configuration.embedding.remote?.apiKey == Secret("hidden"))
        #expect(configuration.embedding.remote?.revision == "2")
    }

    @Test("The encoder before needs a threshold of its own, and a remote one its section")
    func previousEncoder() throws {
        #expect(
            Refusals.issues(of: "embedding:\n  previous: {provider: remote}\n").map(\.path)
                == ["embedding.previous.threshold", "embedding.previous.provider"])
        #expect(
            Refusals.issues(of: "embedding:\n  previous: {provider: off, threshold: 0.9}\n").map(\.path)
                == ["embedding.previous.provider"])
        let loaded = try Refusals.load(
            "embedding: {serve_as: e, threads: 2, previous: {max_tokens: 128, threshold: 0.9}}", environment: [:])
        let previous = try #require(loaded.embedding.previous)
        #expect(previous.threshold == 0.9)
        let former = loaded.embedding.former(previous)
        #expect(former.maximumTokens == 128 && former.threads == 2)
        #expect(former.servedModel == nil && former.previous == nil)
        #expect(previous.rate == 50)
        #expect(
            Refusals.issues(of: "embedding:\n  previous: {threshold: 0.9, rate: -1}\n").map(\.path)
                == ["embedding.previous.rate"])
        let slow = try Refusals.load("embedding: {previous: {threshold: 0.9, rate: 0}}", environment: [:])
        #expect(slow.embedding.previous?.rate == 0)
    }

    @Test("One host cannot have more connections than all")
    func connections() {
        #expect(Refusals.issues(of: "upstream: {connections: 8}").map(\.path) == ["upstream.connections_per_host"])
        #expect(Refusals.issues(of: "upstream: {connections: 8, connections_per_host: 8}").isEmpty)
    }

    @Test("Waits between attempts to connect do not shrink")
    func reconnection() {
        #expect(Refusals.issues(of: "redis: {reconnect_min: 3s}").map(\.path) == ["redis.reconnect_max"])
        #expect(Refusals.issues(of: "redis: {reconnect_min: 3s, reconnect_max: 3s}").isEmpty)
    }

    @Test("The encoder is served under a name that no route has, and only where there is one")
    func servedEncoder() throws {
        #expect(try Refusals.load("embedding: {serve_as: own}").embedding.servedModel == "own")
        #expect(try Refusals.load("embedding: {serve_as: }").embedding.servedModel == nil)
        #expect(
            Refusals.of("embedding: {provider: off, serve_as: own}") == [
                "1:38: embedding.serve_as: expected an encoder for it, found embedding.provider: off"
            ])
        let yaml = """
            embedding: {serve_as: own}
            providers: [{name: a, base_url: "http://a"}]
            routes: [{model: own, targets: [{provider: a}]}]
            """
        #expect(
            Refusals.of(yaml) == [
                "3:18: routes[0].model: expected another name than embedding.serve_as, found own"
            ])
    }
}
