import CurlClient
import GatewayCore
import GatewayTesting
import Logging
import NIOCore
import ProviderAPIs
import Routing
import Telemetry
import Upstream

@testable import Pipeline

/// A route over servers that the test scripts.
struct DispatchFixture {
    let curl: CurlClient
    let servers: [ScriptedServer]
    private let caller: UpstreamCaller
    private let health = HealthBoard(replica: "r")
    let clock = InstantClock()
    private let recorder = Recorder(
        instruments: Instruments(factory: PrometheusRegistry()), logger: Logger(label: "test"))

    static let answer = #"{"id":"1","object":"chat.completion","model":"served","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#
    static let role = #"{"id":"1","model":"served","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}"#
    static let stop = #"{"id":"1","model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

    static func delta(_ text: String) -> String {
        #"{"id":"1","model":"served","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    /// Runs `body` with one server for each script, and ends all of them.
    static func run(
        answerBytesLimit: Int = 1 << 20, scripts: [ScriptedServer.Script],
        _ body: (DispatchFixture) async throws -> Void
    ) async throws {
        var servers: [ScriptedServer] = []
        for script in scripts { servers.append(try await ScriptedServer.start(script: script)) }
        let curl = try CurlClient()
        var configuration = UpstreamConfiguration()
        configuration.answerBytesLimit = answerBytesLimit
        let fixture = DispatchFixture(curl: curl, servers: servers, configuration: configuration)
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

    /// What is known of the targets that were called: `t0 answered`, `t1 failed`, `t2 limited 7`, `t3 key refused`.
    var reports: [String] {
        let now = ContinuousClock.now
        let deployments = servers.indices.map { DeploymentID("t\($0)/m\($0)") }
        return zip(servers.indices, health.conditions(of: deployments, now: now)).compactMap { index, condition in
            switch condition.standing {
            case .limited(let until): "t\(index) limited \(Int((now.duration(to: until) / .seconds(1)).rounded(.up)))"
            case .disabled: "t\(index) key refused"
            default: condition.requests == 0 ? nil : "t\(index) \(condition.failures > 0 ? "failed" : "answered")"
            }
        }
    }

    /// Has the first target answer twenty streams, each with its first content after that time.
    func learn(firstToken: Duration) {
        for _ in 0..<20 {
            guard let ticket = health.begin(DeploymentID("t0/m0"), now: .now) else { continue }
            let sample = TargetSample.answered(
                timeToFirstToken: firstToken, duration: firstToken, outputTokens: 1)
            health.end(ticket, sample, now: .now)
        }
    }

    /// What became of one request.
    struct Call: Sendable {
        let result: Result<Dispatch.Answered, GatewayError>
        let attempts: [AttemptRecord]
        /// Bytes of the request.
        let sent: Int
        let isBudgetSpent: Bool
    }

    /// Calls the servers in their order, as the targets `t0`, `t1` and so on. An answer that is whole ends its attempt.
    /// - Parameter deadlines: of the second target; the others have time.
    func call(
        stream: Bool = false, usage: Bool = false, deadlines: CallDeadlines = CallDeadlines(),
        hedge: HedgeRule? = nil, more: String = "", timeout: Duration? = nil,
        change: (inout RoutingConfiguration) -> Void = { _ in }
    ) async throws -> Call {
        let more = more + (stream ? #","stream":true"# : "") + (usage ? #","stream_options":{"include_usage":true}"# : "")
        let text = #"{"model":"asked","temperature":0.25,"messages":[{"role":"user","content":"q"}]\#(more)}"#
        let request = ChatRequest(
            document: try JSONDocument(text), model: "asked", isStream: stream, wantsStreamUsage: usage, question: nil)
        var routing = RoutingConfiguration()
        routing.providers = servers.enumerated().map { index, server in
            var provider = ProviderConfiguration(
                name: "t\(index)", baseURL: server.url("/v1"), key: index == 0 ? Secret("sk-0") : nil,
                allowsPrivateAddresses: true)
            if index == 1 { provider.deadlines = deadlines }
            return provider
        }
        let targets = servers.indices.map { TargetConfiguration(provider: "t\($0)", model: "m\($0)") }
        routing.routes = [RouteConfiguration(model: "asked", targets: targets)]
        routing.routes[0].hedge = hedge
        for index in servers.indices {
            var profile = ModelProfile(name: "m\(index)")
            // 1 and 2 dollars a million: 1,000 and 2,000 nano-dollars a token.
            profile.prices = ModelPrices(
                input: TokenPrice(picodollars: 1_000_000), output: TokenPrice(picodollars: 2_000_000))
            routing.models.set(profile)
        }
        change(&routing)
        let router = Router(configuration: routing, health: health, limits: nil, clock: clock.clock)
        let exchange = Exchange(recorder: recorder, client: PatientClient())
        let dispatch = Dispatch(upstream: caller, exchange: exchange)
        let result: Result<Dispatch.Answered, GatewayError>
        do throws(GatewayError) {
            var asked = RouteRequest(model: "asked", tenant: .open)
            asked.deadline = timeout.map { .now + $0 }
            let attempts = try router.attempts(for: asked)
            guard case .answered(let answered) = try await dispatch.run(request, attempts: attempts) else {
                throw GatewayError(.internalFault, "nobody else answers")
            }
            if case .whole(let answer, _) = answered.reply {
                answered.attempt.end(.answered(usage: answer.usage, firstToken: nil))
            }
            result = .success(answered)
        } catch {
            result = .failure(error)
        }
        return Call(
            result: result, attempts: exchange.record.attempts, sent: text.utf8.count,
            isBudgetSpent: exchange.record.isRetryBudgetSpent)
    }
}

extension DispatchFixture.Call {
    var failure: GatewayError? { if case .failure(let error) = result { error } else { nil } }

    private var reply: UpstreamReply? { if case .success(let answered) = result { answered.reply } else { nil } }

    var whole: ChatAnswer? { if case .whole(let answer, _) = reply { answer } else { nil } }

    var stream: UpstreamStream? { if case .stream(let stream) = reply { stream } else { nil } }

    var results: [String] { attempts.map { "\($0.deployment.description.prefix(2)) \($0.result)" } }
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
