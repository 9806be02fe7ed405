import MockProvider
import Testing

@Suite("Calls and refusals of Chat Completions", .timeLimit(.minutes(1)))
struct ChatCallTests {
    private static let tools = #"""
        ,"stream":true,"tools":[{"type":"function","function":{"name":"a","parameters":{"type":"object",
        "properties":{"x":{"type":"boolean"},"y":{"const":"z"}}}}},{"type":"function","function":{"name":"b"}}]
        """#

    @Test("Every fragment of parallel calls has its call's index; name and id come once, with the first")
    func indices() async throws {
        try await MockFixture.run { mock in
            let chunks = try await mock.post(MockFixture.body("call a, b and a", Self.tools)).chunks()
            let fragments = chunks.flatMap { $0.choices.first?.delta.tool_calls ?? [] }
            #expect(fragments.allSatisfy { $0.index != nil })
            #expect(fragments.compactMap(\.index) == fragments.compactMap(\.index).sorted())
            for (index, name) in ["a", "b", "a"].enumerated() {
                let own = fragments.filter { $0.index == index }
                #expect(own.first?.function.name == name && own.first?.id != nil && own.first?.type == "function")
                #expect(own.first?.function.arguments == "")
                #expect(own.dropFirst().allSatisfy { $0.function.name == nil && $0.id == nil && $0.type == nil })
                let arguments = own.map(\.function.arguments).joined()
                let isKnown = arguments.wholeMatch(of: /\{"x": (true|false), "y": "z"\}/) != nil
                #expect(name == "b" ? arguments == "{}" : isKnown)
            }
            #expect(chunks.first?.choices.first?.delta.role == "assistant")
            #expect(chunks.compactMap { $0.choices.first?.finish_reason } == ["tool_calls"])
        }
    }

    @Test("Without its terminal a stream has neither finish reason, usage nor [DONE]")
    func missingTerminal() async throws {
        try await MockFixture.run { mock in
            let body = MockFixture.body("q", #","stream":true,"stream_options":{"include_usage":true}"#)
            let response = try await mock.post(body, headers: ["x-mock-missing-terminal": "true"])
            let chunks = try response.chunks()
            #expect(response.isWhole && chunks.count == 33 && !response.events.contains("[DONE]"))
            #expect(chunks.allSatisfy { $0.usage == nil && $0.choices.first?.finish_reason == nil })
        }
    }

    @Test("An error behind the lifecycle comes in place of the first word")
    func errorAfterLifecycle() async throws {
        try await MockFixture.run { mock in
            let body = MockFixture.body("q", #","stream":true"#)
            let response = try await mock.post(body, headers: ["x-mock-error-after-lifecycle": "true"])
            #expect(response.isWhole && response.events.count == 2)
            #expect(response.events.last?.hasPrefix(#"{"error":{"#) == true)
        }
    }
}
