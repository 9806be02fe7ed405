import GatewayConfig
import Routing
import Testing

@testable import refrain

@Suite struct LiteLLMRefusalTests {
    private func refusal(_ yaml: String) -> String? {
        do throws(LiteLLMProblem) {
            _ = try LiteLLMImport(yaml)
            return nil
        } catch { return error.description }
    }

    @Test("Keys in the file are refused, each with its place and a hint, and never shown")
    func literalKeys() throws {
        let problem = try #require(
            refusal(
                """
                model_list:
                  - {model_name: a, litellm_params: {model: gpt-4o, api_key: sk-hunter2}}
                  - {model_name: b, litellm_params: {model: gpt-4o, api_key: os.environ/hunter2-x}}
                  - {model_name: c, litellm_params: {model: gpt-4o, api_key: os.environ/FINE}}
                  - {model_name: d, litellm_params: {model: bedrock/x, aws_secret_access_key: hunter2}}
                general_settings: {master_key: sk-hunter2}
                """))
        let lines = problem.split(separator: "\n")
        #expect(
            lines.map { $0.prefix { $0 != ":" } } == [
                "general_settings.master_key", "model_list[0].litellm_params.api_key",
                "model_list[1].litellm_params.api_key", "model_list[3].litellm_params.aws_secret_access_key",
            ])
        #expect(lines.allSatisfy { $0.contains("os.environ/NAME") })
        #expect(!problem.contains("hunter2"))
    }

    @Test("A text that is no YAML is refused by its line, without its content")
    func noYAML() {
        #expect(refusal("model_list:\n  - {api_key: sk-hunter2\n  x: [\n") == "expected YAML, found none in line 3")
        #expect(refusal("a: sk-hunter2\na: sk-hunter2\n")?.contains("hunter2") == false)
    }

    @Test("A file without a model that can be taken over is refused with the reasons", arguments: [
        "", "model_list: []", "model_list: 5", "- a\n- b", "[]", "model_list: {a: b}",
    ])
    func nothing(yaml: String) {
        #expect(refusal(yaml) == "expected a model_list with models that can be taken over, found none")
    }

    @Test("The reasons name the places")
    func reasons() {
        let yaml = "model_list: [{model_name: a, litellm_params: {model: sagemaker/x}}]"
        #expect(refusal(yaml)?.contains("\nmodel_list[0]: its provider is not known here") == true)
    }

    @Test("What is printed can be read again, whatever the file held", arguments: [
        "{model: gpt-4o, rpm: 1e400, tpm: -5, weight: nan, order: 99999999999, timeout: 1e30}",
        "{model: gpt-4o, rpm: 1e15, tpm: 1e12, max_parallel_requests: 5e6, weight: 1e300, timeout: 0.0001}",
        "{model: gpt-4o, rpm: [1], weight: {a: b}, api_base: [x]}", "{model: openai/}", "{model: /}", "{model: a b}",
        #"{model: "a\"b\\c: {#", timeout: 7200, rpm: 1}"#, #"{model: null, "x\nproviders: []\n": 1}"#,
        #"{model: "1", "x\nproviders: []\n": 1}"#, "[]", "null", "5",
    ])
    func hostile(parameters: String) throws {
        let yaml = """
            model_list: [null, 5, [a], {model_name: ok, litellm_params: {model: gpt-4o-mini}},
              {model_name: a, litellm_params: \(parameters)}]
            router_settings: {model_group_alias: {"a b": ok, "c:": ok, "*": ok}}
            "x\\nproviders: []\\n": 1
            """
        let text = try LiteLLMImport(yaml).yaml()
        let configuration = try GatewayConfiguration.load(
            yaml: text, source: "imported", environment: ["OPENAI_API_KEY": "key"], readFile: { _ in "" })
        #expect(configuration.routing.routes.map(\.model).contains("ok"))
    }
}
