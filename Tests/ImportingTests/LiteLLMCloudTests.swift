import GatewayConfig
import GatewayCore
import Routing
import Testing

@testable import refrain

@Suite struct LiteLLMCloudTests {
    private func imported(_ yaml: String) throws -> (notes: [LiteLLMNote], routing: RoutingConfiguration) {
        let taken = try LiteLLMImport(yaml)
        let variables = ["AWS_BEDROCK_KEY": "id:secret", "VERTEX_AI_TOKEN": "token", "OPENAI_API_KEY": "sk"]
        let configuration = try GatewayConfiguration.load(
            yaml: taken.yaml(), source: "imported", environment: variables, readFile: { _ in "" })
        return (taken.notes, configuration.routing)
    }

    @Test("Models of Bedrock are called by its own API, in their region, with one variable for the key")
    func bedrock() throws {
        let (notes, routing) = try imported(
            """
            model_list:
              - model_name: a
                litellm_params:
                  model: bedrock/converse/anthropic.claude-sonnet-4-5-20250929-v1:0
                  aws_region_name: eu-central-1
                  aws_access_key_id: os.environ/AWS_ID
                  aws_secret_access_key: os.environ/AWS_SECRET
              - {model_name: b, litellm_params: {model: bedrock/amazon.nova-lite-v1:0, aws_region_name: us-east-1}}
              - {model_name: c, litellm_params: {model: bedrock/amazon.nova-lite-v1:0}}
            """)
        #expect(routing.providers.map(\.api) == [.bedrock, .bedrock])
        #expect(routing.providers.map(\.place.region) == ["eu-central-1", "us-east-1"])
        #expect(routing.providers.first?.baseURL == "https://bedrock-runtime.eu-central-1.amazonaws.com")
        #expect(routing.providers.first?.keys?.current == Secret("id:secret"))
        #expect(routing.routes[0].targets.map(\.model) == ["anthropic.claude-sonnet-4-5-20250929-v1:0"])
        #expect(
            notes.map(\.path) == [
                "model_list[0].litellm_params.aws_access_key_id", "model_list[0].litellm_params.aws_secret_access_key",
                "model_list[2].litellm_params.aws_region_name",
            ])
        #expect(notes.first?.text.contains("AWS_BEDROCK_KEY, as id:secret") == true)
    }

    @Test("Gemini at Vertex AI is called there, and Claude there is left out with its place")
    func vertex() throws {
        let (notes, routing) = try imported(
            """
            model_list:
              - model_name: a
                litellm_params: {model: vertex_ai/gemini-2.5-flash, vertex_project: mine, vertex_location: europe-west4}
              - model_name: a
                litellm_params: {model: vertex_ai/gemini-2.5-pro, vertex_project: mine, vertex_location: global}
              - model_name: b
                litellm_params: {model: vertex_ai/claude-sonnet-4-5, vertex_project: mine, vertex_location: us-east5}
              - {model_name: c, litellm_params: {model: vertex_ai/gemini-2.5-flash, vertex_location: global}}
            """)
        #expect(routing.providers.map(\.api) == [.vertex, .vertex])
        #expect(
            routing.providers.map(\.baseURL)
                == ["https://europe-west4-aiplatform.googleapis.com", "https://aiplatform.googleapis.com"])
        #expect(routing.providers.map(\.place.project) == ["mine", "mine"])
        #expect(routing.routes.map(\.model) == ["a"])
        #expect(
            notes.map(\.path)
                == ["model_list[2].litellm_params.model", "model_list[3].litellm_params.vertex_project"])
    }

    @Test("Fallbacks for long and for refused requests become lists, and their groups the last targets")
    func lists() throws {
        let (notes, routing) = try imported(
            """
            model_list:
              - {model_name: small, litellm_params: {model: gpt-4o-mini}}
              - {model_name: large, litellm_params: {model: gpt-4.1, order: 2}}
              - {model_name: free, litellm_params: {model: "hosted_vllm/llama:8b", api_base: "http://gpu:8000/v1"}}
            router_settings:
              fallbacks: [{small: [large]}]
              model_group_alias: {tiny: small}
            litellm_settings:
              context_window_fallbacks: [{small: [large, nowhere]}]
              content_policy_fallbacks: [{"*": [free]}]
            """)
        let small = routing.routes[0]
        #expect(
            small.targets.map(\.deployment.description)
                == ["openai/gpt-4o-mini", "openai/gpt-4.1", "hosted_vllm/llama:8b"])
        #expect(small.targets.map(\.priority) == [0, 1, 2])
        #expect(small.fallbacks.contextTooLong == [DeploymentID("openai/gpt-4.1")])
        #expect(small.fallbacks.contentPolicy == [DeploymentID("hosted_vllm/llama:8b")])
        #expect(routing.routes.map(\.fallbacks.contextTooLong?.count) == [1, nil, nil, 1])
        #expect(routing.routes.last?.fallbacks == small.fallbacks)
        #expect(Set(notes.map(\.path)) == ["context_window_fallbacks", "content_policy_fallbacks"])
    }
}
