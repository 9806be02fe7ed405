import GatewayConfig
import GatewayCore
import Routing
import Testing

@testable import refrain

/// What the printed configuration says when it is read again, as `serve` would read it.
@Suite struct LiteLLMImportTests {
    private func imported(
        _ yaml: String
    ) throws -> (text: String, notes: [LiteLLMNote], routing: RoutingConfiguration) {
        let taken = try LiteLLMImport(yaml)
        let text = taken.yaml()
        // Every variable there may be in the tests, each with its name as its value.
        let names = [
            "OPENAI_API_KEY", "OPENAI_KEY_2", "AZURE_API_KEY_EU", "ANTHROPIC_API_KEY", "GROQ_API_KEY", "MASTER",
            "AWS_BEDROCK_KEY", "VERTEX_AI_TOKEN",
        ]
        let environment = Dictionary(uniqueKeysWithValues: names.map { ($0, $0) })
        let configuration = try GatewayConfiguration.load(
            yaml: text, source: "imported", environment: environment, readFile: { _ in "" })
        return (text, taken.notes, configuration.routing)
    }

    @Test("Entries of one name are targets of one route, each account a provider with its key by reference")
    func loadBalancing() throws {
        let (_, notes, routing) = try imported(
            """
            model_list:
              - model_name: gpt-4o
                litellm_params:
                  model: azure/gpt-4o-eu
                  api_base: https://my-endpoint-eu.openai.azure.com/
                  api_key: os.environ/AZURE_API_KEY_EU
                  api_version: "2024-06-01"
                  rpm: 900
                  tpm: 300000
              - model_name: gpt-4o
                litellm_params: {model: openai/gpt-4o, api_key: os.environ/OPENAI_KEY_2, rpm: 100, timeout: 30}
              - model_name: claude
                litellm_params: {model: anthropic/claude-sonnet-4-5, max_parallel_requests: 8}
            router_settings:
              routing_strategy: simple-shuffle
              num_retries: 2
            """)
        #expect(routing.providers.map(\.name) == ["azure", "openai", "anthropic"])
        #expect(
            routing.providers.map(\.baseURL) == [
                "https://my-endpoint-eu.openai.azure.com/openai/v1", "https://api.openai.com/v1",
                "https://api.anthropic.com",
            ])
        #expect(routing.providers.last?.api == .anthropic)
        #expect(routing.routes.map(\.retry.attempts) == [2, 2])
        #expect(
            routing.providers.map({ $0.keys?.current })
                == [Secret("AZURE_API_KEY_EU"), Secret("OPENAI_KEY_2"), Secret("ANTHROPIC_API_KEY")])
        #expect(routing.providers.map(\.deadlines.total) == [.seconds(600), .seconds(30), .seconds(600)])
        #expect(routing.routes.map(\.model) == ["gpt-4o", "claude"])
        let targets = routing.routes[0].targets
        #expect(routing.routes[0].rule.usual.strategy == .weighted)
        #expect(targets.map(\.deployment.description) == ["azure/gpt-4o-eu", "openai/gpt-4o"])
        #expect(targets.map(\.weight) == [900, 100])
        #expect(targets.map(\.limits.requests) == [900, 100])
        #expect(targets.map(\.limits.totalTokens) == [300_000, nil])
        #expect(routing.routes[1].targets.map(\.limits.concurrency) == [8])
        #expect(notes.map(\.path) == ["model_list[0].litellm_params.api_version"])
    }

    @Test("Fallbacks come behind the group's own targets, in their order, and default ones behind all")
    func fallbacks() throws {
        let (_, notes, routing) = try imported(
            """
            model_list:
              - {model_name: a, litellm_params: {model: gpt-4o, weight: 3}}
              - {model_name: a, litellm_params: {model: gpt-4o-mini, order: 2, weight: 0.5}}
              - {model_name: b, litellm_params: {model: groq/llama-3.3-70b-versatile}}
              - {model_name: c, litellm_params: {model: "ollama/llama3:8b", api_base: "http://localhost:11434"}}
            router_settings:
              fallbacks: [{a: [b, nowhere]}]
              routing_strategy: latency-based-routing
              model_group_alias: {"gpt-4": a, hidden: {model: b, hidden: true}}
            litellm_settings:
              default_fallbacks: [c]
            """)
        #expect(routing.routes.map(\.model) == ["a", "b", "c", "gpt-4", "hidden"])
        let first = routing.routes[0].targets
        #expect(
            first.map(\.deployment.description)
                == ["openai/gpt-4o", "openai/gpt-4o-mini", "groq/llama-3.3-70b-versatile", "ollama/llama3:8b"])
        // The order of the group's own targets begins at zero; each step of the fallbacks is behind it.
        #expect(first.map(\.priority) == [0, 2, 3, 4])
        #expect(first.map(\.weight) == [3, 0.5, 1, 1])
        #expect(routing.routes[0].rule.usual.strategy == .latency())
        #expect(routing.routes[3].targets.map(\.deployment) == first.map(\.deployment))
        #expect(routing.routes[2].targets.count == 1)
        #expect(routing.providers.last?.baseURL == "http://localhost:11434/v1")
        #expect(notes == [LiteLLMNote(path: "fallbacks", text: "a fallback of 'a' is no group that was taken over")])
    }

    @Test("Providers whose own API we speak are called by it, wherever they are; too many retries are noted")
    func ownAPIs() throws {
        let (_, notes, routing) = try imported(
            """
            model_list:
              - model_name: a
                litellm_params: {model: anthropic/claude, api_base: "https://proxy.example.com/claude/v1/"}
              - model_name: g
                litellm_params: {model: gemini/gemini-2.5-flash, api_key: os.environ/OPENAI_API_KEY}
            litellm_settings: {num_retries: 11}
            """)
        #expect(routing.providers.map(\.api) == [.anthropic, .gemini])
        #expect(
            routing.providers.map(\.baseURL)
                == ["https://proxy.example.com/claude", "https://generativelanguage.googleapis.com"])
        #expect(routing.routes.map(\.retry) == [.none, .none])
        #expect(notes.map(\.path) == ["litellm_settings.num_retries"])
    }

    @Test("The wildcard takes the name the client used")
    func wildcard() throws {
        let routing = try imported(
            """
            model_list:
              - {model_name: "*", litellm_params: {model: "openai/*", api_key: os.environ/OPENAI_API_KEY}}
              - {model_name: "groq/*", litellm_params: {model: "groq/*"}}
            """
        ).routing
        #expect(routing.routes.map(\.model) == ["*"])
        #expect(routing.routes[0].targets.map(\.model) == [nil])
    }

    @Test("A model that stands in several groups has one set of limits, and no target stands twice in a route")
    func sharedLimits() throws {
        let (_, notes, routing) = try imported(
            """
            model_list:
              - {model_name: a, litellm_params: {model: gpt-4o, rpm: 10}}
              - {model_name: a, litellm_params: {model: gpt-4o, rpm: 10}}
              - {model_name: b, litellm_params: {model: gpt-4o, rpm: 20}}
            """)
        #expect(routing.routes.map { $0.targets.map(\.limits.requests) } == [[10], [10]])
        #expect(notes.map(\.path) == ["model_list", "model_list"])
    }

    @Test("The master key becomes the key of a tenant, and the cooldown the first open time")
    func general() throws {
        let (text, notes, routing) = try imported(
            """
            model_list: [{model_name: a, litellm_params: {model: gpt-4o, temperature: 0.2}}]
            router_settings: {cooldown_time: 30, redis_host: cache.internal, redis_password: hunter2}
            litellm_settings: {drop_params: true, request_timeout: 45}
            general_settings: {master_key: os.environ/MASTER, database_url: "postgres://user:pass@db/x"}
            """)
        #expect(text.contains("keys: [\"env:MASTER\"]"))
        #expect(routing.health.firstOpenMilliseconds == 30_000)
        #expect(routing.providers.map(\.deadlines.total) == [.seconds(45)])
        #expect(
            Set(notes.map(\.path)) == [
                "router_settings.redis_host", "router_settings.redis_password", "litellm_settings.drop_params",
                "general_settings.database_url", "model_list[0].litellm_params.temperature",
            ])
        for secret in ["hunter2", "postgres", "pass@"] { #expect(!text.contains(secret)) }
    }

    @Test("What does not speak the Chat Completions API is left out with its place")
    func foreign() throws {
        let (_, notes, routing) = try imported(
            """
            model_list:
              - {model_name: a, litellm_params: {model: sagemaker/claude, aws_access_key_id: hunter2}}
              - {model_name: e, litellm_params: {model: text-embedding-3-small}, model_info: {mode: embedding}}
              - {model_name: v, litellm_params: {model: hosted_vllm/llama}}
              - {model_name: w, litellm_params: {model: hosted_vllm/llama, api_base: os.environ/WHERE}}
              - {model_name: x, litellm_params: {model: hosted_vllm/llama, api_base: "https://u:hunter2@h/v1"}}
              - {model_name: z}
              - {model_name: ok, litellm_params: {model: hosted_vllm/org/llama, api_base: "http://gpu:8000/v1"}}
            """)
        #expect(routing.routes.map(\.model) == ["ok"])
        #expect(routing.routes[0].targets.map(\.model) == ["org/llama"])
        #expect(
            notes.map(\.path) == [
                "model_list[0]", "model_list[1]", "model_list[2].litellm_params.api_base",
                "model_list[3].litellm_params.api_base", "model_list[4].litellm_params.api_base", "model_list[5]",
            ])
        #expect(!notes.contains { $0.text.contains("hunter2") })
    }
}
