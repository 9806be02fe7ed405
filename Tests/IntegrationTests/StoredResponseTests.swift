import Foundation
import GatewayTesting
import MockProvider
import Testing

extension IntegrationTests {
    /// Clients that send the last answer's id in place of the conversation.
    @Suite("Stored responses")
    struct StoredResponseTests {
        private static let section = "responses: {life: 1h}"

        @Test(
            "The OpenAI SDK goes on from, reads, lists and deletes responses of every provider at either replica",
            .enabled(if: SDKChecks.isInstalled, "no Python"))
        func sdk() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock {
                $0.apiKey = SpokenDialect.key
                $0.awsAccessKeyID = SpokenDialect.awsKey.identifier
                $0.awsSecretKey = SpokenDialect.awsKey.secret
            })
            var settings = try GatewaySettings(redis, provider: 1)
            settings.providers = SpokenDialect.allCases.map { $0.provider($0.rawValue, port: mock.port) }
            settings.routes = settings.providers.map { ($0.name, [$0.name]) }
            (settings.tenants, settings.variables) = (["shop", "bank"], SpokenDialect.variables)
            settings.lines = [Self.section]
            let (first, second) = (try await GatewayProcess(settings), try await GatewayProcess(settings))
            let dialects = SpokenDialect.allCases.map(\.rawValue)
            let addresses = [first, second].map { "http://127.0.0.1:\($0.port)" }
            let keys = ["shop", "bank"].map { GatewaySettings.key(of: $0) }
            let report = try await SDKChecks.run("gateway_stored.py", addresses + keys + dialects, folder: first.folder)
            for (name, trace) in report.failed { Issue.record("\(name): \(trace)") }
            #expect(report.passed.count == 4 * dialects.count + 1)
            // What clients say and what their answers are called stands in no key.
            let names = try redis.cli("--scan", "--pattern", "rf:r:*").split(separator: "\n")
            #expect(names.count > 20)
            for name in names { #expect(name.dropFirst(5).count == 32 && name.dropFirst(5).allSatisfy(\.isHexDigit)) }
            #expect(try await first.metric("refrain_stored_responses_total", #"result="kept""#) > 10)
            #expect(try await second.metric("refrain_stored_responses_total", #"result="found""#) > 10)
        }

        @Test("Without Redis a first answer comes and says that it is not kept; to go on is refused until it is back")
        func outage() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            var settings = try GatewaySettings(redis, provider: mock.port)
            settings.lines = [Self.section]
            let gateway = try await GatewayProcess(settings)
            func respond(_ input: String, _ more: String = "") async throws -> Answer {
                let body = #"{"model":"main","input":"\#(input)"\#(more)}"#
                return try await gateway.post(Array(body.utf8), to: "/v1/responses")
            }
            let kept = try #require(try Self.response(try await respond("one")))
            #expect(kept.store == true)
            let more = #","previous_response_id":"\#(kept.id)""#
            redis.kill()
            try await eventually("the loss is noticed") { try await !gateway.readiness().redis }
            let asked = mock.requests
            #expect(try Self.response(try await respond("two"))?.store == false)
            for stream in ["", #","stream":true"#] {
                let refused = try await respond("more", more + stream)
                #expect(refused.status == 503 && refused.refusal?.code == "store_unavailable", "\(refused.text)")
                #expect(refused["retry-after"] == "1" && refused["x-should-retry"] == nil)
            }
            #expect(try await gateway.get("/v1/responses/\(kept.id)").status == 503)
            #expect(mock.requests == asked + 1)
            #expect(gateway.child.poll() == nil)
        }

        @Test("Where nothing is kept, to go on is refused with a reason and no response is found")
        func off() async throws {
            let (redis, mock) = (try RedisServer(), try await Mock())
            let gateway = try await GatewayProcess(GatewaySettings(redis, provider: mock.port))
            let body = #"{"model":"main","input":"?","previous_response_id":"resp_1"}"#
            let refused = try await gateway.post(Array(body.utf8), to: "/v1/responses")
            #expect(refused.status == 400 && refused.refusal?.code == "invalid_request")
            for (method, path) in [("GET", ""), ("DELETE", ""), ("GET", "/input_items")] {
                let answer = try await gateway.send(method, "/v1/responses/resp_1\(path)", body: [], headers: [:])
                #expect(answer.status == 404 && answer.refusal?.code == "not_found")
            }
            #expect(mock.requests == 0)
            #expect(try redis.cli("--scan", "--pattern", "rf:r:*").isEmpty)
        }

        private struct Response: Decodable {
            let id: String
            let store: Bool?
        }

        private static func response(_ answer: Answer) throws -> Response? {
            try JSONDecoder().decode(Response.self, from: Data(answer.body))
        }
    }
}
