import CurlClient
import GatewayCore
import GatewayTesting
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ProviderAPIs

@testable import Upstream

/// A caller with the servers it calls.
struct UpstreamFixture {
    let curl: CurlClient
    let servers: [ScriptedServer]
    let caller: UpstreamCaller
    private let reported = NIOLockedValueBox<[String]>([])

    static let answer = #"{"id":"1","object":"chat.completion","model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#
    static let role = #"{"id":"1","model":"served","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}"#
    static let stop = #"{"id":"1","model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

    static func delta(_ text: String) -> String {
        #"{"id":"1","model":"served","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    /// Runs `body` with one server for each script, and ends all of them.
    static func run(
        answerBytesLimit: Int = 1 << 20, scripts: [ScriptedServer.Script],
        _ body: (UpstreamFixture) async throws -> Void
    ) async throws {
        var servers: [ScriptedServer] = []
        for script in scripts { servers.append(try await ScriptedServer.start(script: script)) }
        let curl = try CurlClient()
        var configuration = UpstreamConfiguration()
        configuration.answerBytesLimit = answerBytesLimit
        let fixture = UpstreamFixture(curl: curl, servers: servers, configuration: configuration)
        do {
            try await body(fixture)
        } catch {
            await fixture.stop()
            throw error
        }
        await fixture.stop()
    }

    private init(curl: CurlClient, servers: [ScriptedServer], configuration: UpstreamConfiguration) {
        self.curl = curl
        self.servers = servers
        self.caller = UpstreamCaller(curl: curl, configuration: configuration, logger: Logger(label: "test"))
    }

    private func stop() async {
        await curl.shutdown()
        for server in servers { await server.stop() }
    }

    /// What the caller reported of its targets: `a answered`, `b failed`, `c limited 7`.
    var reports: [String] { reported.withLockedValue { $0 } }

    /// Calls the servers in their order, as the targets `t0`, `t1` and so on.
    /// - Parameter deadlines: of the second target; the others have time.
    func call(stream: Bool = false, usage: Bool = false, deadlines: CallDeadlines = CallDeadlines()) async throws
        -> UpstreamCall
    {
        let more = (stream ? #","stream":true"# : "") + (usage ? #","stream_options":{"include_usage":true}"# : "")
        let text = #"{"model":"asked","temperature":0.25,"messages":[{"role":"user","content":"q"}]\#(more)}"#
        let request = ChatRequest(
            document: try JSONDocument(text), model: "asked", isStream: stream, wantsStreamUsage: usage, question: nil)
        let targets = servers.enumerated().map { index, server in
            Target(
                deployment: DeploymentID("t\(index)"), baseURL: server.url("/v1"),
                key: index == 0 ? Secret("sk-0") : nil, model: "m\(index)",
                deadlines: index == 1 ? deadlines : CallDeadlines())
        }
        return await caller.call(request, plan: RoutePlan(route: "asked", targets: targets)) { outcome, deployment in
            let word =
                switch outcome {
                case .answered: "answered"
                case .failed: "failed"
                case .rateLimited(let wait): "limited \(wait.map { "\($0.components.seconds)" } ?? "-")"
                }
            reported.withLockedValue { $0.append("\(deployment) \(word)") }
        }
    }
}

extension UpstreamCall {
    var failure: GatewayError? { if case .failure(let error) = result { error } else { nil } }

    var whole: ChatAnswer? { if case .success(.whole(let answer)) = result { answer } else { nil } }

    var stream: UpstreamStream? { if case .success(.stream(let stream)) = result { stream } else { nil } }

    var results: [String] { attempts.map { "\($0.deployment) \($0.result)" } }
}

extension UpstreamStream {
    /// All frames to the end, and how it ended: `whole`, `too large`, `unproven`, or the failure's label.
    func readAll() async -> (frames: String, end: String) {
        var frames = ""
        while true {
            do {
                switch try await next() {
                case .frame(let frame): frames += String(buffer: frame)
                case .end(.whole): return (frames, "whole")
                case .end(.tooLarge): return (frames, "too large")
                case .end(.unproven): return (frames, "unproven")
                }
            } catch {
                return (frames, error.label)
            }
        }
    }
}
