import CurlClient
import GatewayCore
import GatewayTesting
import Logging
import MockProvider
import Routing
import Testing
import Upstream

@testable import refrain

@Suite("What the gateway asks of targets by itself", .timeLimit(.minutes(1)))
struct TargetProberTests {
    /// A provider, and what the mock at its other end has in front of its paths.
    struct Place: CustomTestStringConvertible, Sendable {
        let api: ProviderAPI
        var path = ""
        var basePath = ""
        var version: String?

        var testDescription: String { "\(api) \(version ?? "")" }
    }

    private static let deployment = DeploymentID("p/m")

    private static func withProber(
        of place: Place, port: Int, key: String? = "its-key", _ body: (TargetProber) async throws -> Void
    ) async throws {
        var provider = ProviderConfiguration(
            name: "p", baseURL: "http://127.0.0.1:\(port)\(place.path)", key: key.map { Secret($0) },
            allowsPrivateAddresses: true)
        provider.api = place.api
        provider.place.version = place.version
        var configuration = RoutingConfiguration()
        configuration.providers = [provider]
        let target = TargetConfiguration(provider: "p", model: "m")
        configuration.routes = [RouteConfiguration(model: "m", targets: [target])]
        let curl = try CurlClient()
        let upstream = UpstreamCaller(
            curl: curl, configuration: UpstreamConfiguration(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(TargetProber(upstream: upstream, configuration: configuration)))
        } catch { result = .failure(error) }
        await curl.shutdown()
        try result.get()
    }

    private static func isAnswered(_ sample: TargetSample) -> Bool {
        if case .answered = sample { true } else { false }
    }

    static let listed = [
        Place(api: .openAI, path: "/v1"), Place(api: .compatible, path: "/api/v1", basePath: "/api"),
        Place(api: .responses, path: "/v1"), Place(api: .azure, path: "/openai/v1"), Place(api: .anthropic),
        Place(api: .anthropic, path: "/proxy", basePath: "/proxy"), Place(api: .gemini),
    ]

    @Test("Each dialect lists models where they are, with the key shown as it wants it; a wrong key is refused",
        arguments: listed)
    func lists(_ place: Place) async throws {
        var configuration = MockProviderConfiguration()
        configuration.apiKey = "its-key"
        configuration.basePath = place.basePath
        let mock = MockProviderServer(configuration: configuration, logger: Logger(label: "mock"))
        let port = try await mock.start()
        try await Self.withProber(of: place, port: port) { prober in
            let sample = await prober.probe(Self.deployment)
            #expect(Self.isAnswered(sample), "\(sample)")
            #expect(prober.canProbe(Self.deployment))
        }
        try await Self.withProber(of: place, port: port, key: "another") { prober in
            #expect(await prober.probe(Self.deployment) == .authFailure)
        }
        #expect(mock.statistics.requests == 2)
        await mock.shutdown()
    }

    @Test(
        "Where nothing can be asked nothing is sent, above all no key",
        arguments: [Place(api: .bedrock), Place(api: .vertex), Place(api: .azure, version: "2024-10-21")])
    func unasked(_ place: Place) async throws {
        let server = try await ScriptedServer.start { try await $0.respond() }
        try await Self.withProber(of: place, port: server.port, key: "id:secret") { prober in
            #expect(!prober.canProbe(Self.deployment))
            #expect(await prober.probe(Self.deployment) == .cancelled)
        }
        #expect(server.record.requests.isEmpty)
        await server.stop()
    }

    @Test("A server without a list says nothing of its models, and is not asked again", arguments: [404, 405, 501])
    func unlisted(status: Int) async throws {
        let server = try await ScriptedServer.start { try await $0.respond(status) }
        try await Self.withProber(of: Place(api: .compatible), port: server.port) { prober in
            #expect(await prober.probe(Self.deployment) == .cancelled)
            #expect(!prober.canProbe(Self.deployment))
            #expect(await prober.probe(Self.deployment) == .cancelled)
        }
        #expect(server.record.requests.map(\.target) == ["/models"])
        await server.stop()
    }

    @Test("What a provider says is taken as it is of a call: how long to wait, that it is ill, that its key is refused")
    func refusals() async throws {
        let expected: [(status: Int, sample: TargetSample?)] = [
            (429, .rateLimited(retryAfter: .seconds(7))), (503, .hardFailure(waited: nil)), (401, .authFailure),
            (403, nil), (400, nil), (200, nil),
        ]
        for (status, sample) in expected {
            let server = try await ScriptedServer.start {
                try await $0.respond(status, headers: [("retry-after", "7")])
            }
            try await Self.withProber(of: Place(api: .compatible), port: server.port) { prober in
                let found = await prober.probe(Self.deployment)
                #expect(sample.map { found == $0 } ?? Self.isAnswered(found), "\(status): \(found)")
            }
            await server.stop()
        }
    }

    @Test("A list that is closed to those without a key refuses no key")
    func keyless() async throws {
        let server = try await ScriptedServer.start { try await $0.respond(401) }
        try await Self.withProber(of: Place(api: .compatible), port: server.port, key: nil) { prober in
            #expect(await prober.probe(Self.deployment) == .cancelled)
            #expect(!prober.canProbe(Self.deployment))
        }
        await server.stop()
    }
}
