import GatewayCore
import GatewayTesting
import NIOCore
import RequestAnalysis
import Routing
import Testing

@testable import Pipeline

@Suite("A template is put in before the cache is asked", .timeLimit(.minutes(1)))
struct TemplatePipelineTests {
    /// Asks the route `m`, whose template is support@1 and which allows support@2, one question after the other.
    private func ask(
        _ asked: [(template: String?, variables: String?)], explains: Bool = false
    ) async throws -> (records: [ExchangeRecord], texts: [String], bodies: [String]) {
        var result: (records: [ExchangeRecord], texts: [String], bodies: [String]) = ([], [], [])
        try await PipelineFixture.run { fixture in
            var analysis = RequestAnalysisConfiguration()
            // The same words, so that only the version tells them apart.
            analysis.templates = try [1, 2].map { version in
                PromptTemplate(
                    name: "support", version: version, variables: [.init("product")],
                    messages: [.init(.system, try TemplateText("Only of {{product}}."))])
            }
            var routing = RoutingConfiguration()
            routing.providers = [
                ProviderConfiguration(name: "p", baseURL: fixture.provider.url("/v1"), allowsPrivateAddresses: true)
            ]
            routing.routes = [RouteConfiguration(model: "m", targets: [TargetConfiguration(provider: "p")])]
            routing.routes[0].templates = RouteTemplates(usual: "support@1", others: ["support@2"])
            let base = fixture.pipeline
            let pipeline = Pipeline(
                directory: base.directory, analyzer: RequestAnalyzer(configuration: analysis), cache: base.cache,
                router: Router(configuration: routing, health: HealthBoard(replica: "r"), limits: nil),
                upstream: base.upstream, writer: base.writer, recorder: base.recorder)
            for (template, variables) in asked {
                var headers = CallerHeaders()
                headers.template = template
                headers.variables = variables
                let exchange = Exchange(recorder: pipeline.recorder, client: PatientClient())
                let body = ByteBuffer(string: PipelineFixture.body("q"))
                let scope = CacheScope(tenant: .open)
                if explains { _ = try await pipeline.explain(body, headers: headers, scope: scope) }
                let reply = await pipeline.respond(to: body, headers: headers, scope: scope, exchange: exchange)
                result.texts.append(await reply.text())
                await exchange.finish(isClientGone: false)
                result.records.append(exchange.record)
            }
            result.bodies = fixture.provider.record.requests.map { String(decoding: $0.body, as: UTF8.self) }
        }
        return result
    }

    @Test("The provider gets the operator's words first; the same again is a hit, another value or version is not")
    func wall() async throws {
        let tea = #"{"product":"tea"}"#
        let asked = try await ask([
            (nil, tea), (nil, tea), ("support@1", tea), ("support@2", tea), (nil, #"{"product":"tin"}"#),
        ])
        #expect(asked.records.map(\.outcome) == [.miss, .hitExact, .hitExact, .miss, .miss])
        let messages = asked.bodies.map { String($0.drop { $0 != "[" }) }
        let own = #",{"role":"user","content":"q"}]}"#
        #expect(
            messages == [
                #"[{"role":"system","content":"Only of tea."}"# + own,
                #"[{"role":"system","content":"Only of tea."}"# + own,
                #"[{"role":"system","content":"Only of tin."}"# + own,
            ])
    }

    @Test("What does not fit is refused before anybody is asked, also where it is only explained")
    func refused() async throws {
        let asked = try await ask([(nil, nil), ("support@3", nil), (nil, #"{"produce":"tea"}"#)])
        #expect(asked.bodies.isEmpty)
        for (text, words) in zip(asked.texts, ["lacks what", "must be a template", "does not know"]) {
            #expect(text.contains(words))
            #expect(text.contains(#""type":"invalid_request_error""#))
        }
        await #expect(throws: GatewayError.self) { try await ask([(nil, nil)], explains: true) }
        #expect(try await ask([(nil, #"{"product":"tea"}"#)], explains: true).bodies.count == 1)
    }
}
