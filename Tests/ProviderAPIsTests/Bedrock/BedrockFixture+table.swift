import GatewayCore

extension BedrockFixture {
    private static let start = ("messageStart", #"{"role":"assistant"}"#)

    private static func delta(_ index: Int, _ delta: String) -> (String, String) {
        ("contentBlockDelta", #"{"contentBlockIndex":\#(index),"delta":\#(delta),"p":"abcdefgh"}"#)
    }

    private static func stop(_ index: Int) -> (String, String) {
        ("contentBlockStop", #"{"contentBlockIndex":\#(index)}"#)
    }

    private static func end(_ reason: String, _ usage: String, more: String = "") -> [(String, String)] {
        [
            ("messageStop", #"{"stopReason":"\#(reason)"\#(more)}"#),
            ("metadata", #"{"usage":{\#(usage)},"metrics":{"latencyMs":12}}"#),
        ]
    }

    private static func whole(_ content: String, _ reason: String, _ usage: String, more: String = "") -> String {
        #"{"output":{"message":{"role":"assistant","content":[\#(content)]}},"stopReason":"\#(reason)","#
            + #""usage":{\#(usage)},"metrics":{"latencyMs":12}\#(more)}"#
    }

    static let plain = BedrockFixture(
        "plain",
        events: [start, delta(0, #"{"text":"Grüße "}"#), delta(0, #"{"text":"👩‍👩‍👧"}"#), stop(0)]
            + end("end_turn", #""inputTokens":9,"outputTokens":4,"totalTokens":13"#),
        whole: whole(#"{"text":"Grüße 👩‍👩‍👧"}"#, "end_turn", #""inputTokens":9,"outputTokens":4,"totalTokens":13"#)
    ) {
        $0.choices = [choice([.text("Grüße 👩‍👩‍👧")], .stop, "end_turn")]
        $0.usage = TokenUsage(inputUncached: 9, outputText: 4)
    }

    /// Block indices do not count calls, fragments of the calls take turns, and the last has no arguments at all.
    static let parallelTools = BedrockFixture(
        "parallel tools",
        events: [
            start, delta(0, #"{"text":"Looking."}"#), stop(0),
            ("contentBlockStart",
                #"{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"tooluse_A","name":"weather"}}}"#),
            ("contentBlockStart",
                #"{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"tooluse_B","name":"weather"}}}"#),
            delta(1, #"{"toolUse":{"input":""}}"#), delta(1, #"{"toolUse":{"input":"{\"city\":"}}"#),
            delta(2, #"{"toolUse":{"input":"{\"city\":\"Oslo\"}"}}"#),
            delta(1, #"{"toolUse":{"input":"\"Rome\"}"}}"#), stop(1), stop(2),
            ("contentBlockStart",
                #"{"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"tooluse_C","name":"now"}}}"#),
            stop(3),
        ] + end("tool_use", #""inputTokens":50,"outputTokens":20,"totalTokens":70"#),
        whole: whole(
            #"{"text":"Looking."},{"toolUse":{"toolUseId":"tooluse_A","name":"weather","input":{"city":"Rome"}}},"#
                + #"{"toolUse":{"toolUseId":"tooluse_B","name":"weather","input":{"city":"Oslo"}}},"#
                + #"{"toolUse":{"toolUseId":"tooluse_C","name":"now","input":{}}}"#,
            "tool_use", #""inputTokens":50,"outputTokens":20,"totalTokens":70"#)
    ) {
        let calls = [
            ToolCall(id: "tooluse_A", name: "weather", arguments: #"{"city":"Rome"}"#),
            ToolCall(id: "tooluse_B", name: "weather", arguments: #"{"city":"Oslo"}"#),
            ToolCall(id: "tooluse_C", name: "now", arguments: "{}"),
        ]
        $0.choices = [choice([.text("Looking.")] + calls.map { .toolCall($0) }, .toolCalls, "tool_use")]
        $0.usage = TokenUsage(inputUncached: 50, outputText: 20)
    }

    private static let cached =
        #""inputTokens":5,"outputTokens":30,"totalTokens":1235,"cacheReadInputTokens":1000,"#
        + #""cacheWriteInputTokens":200,"cacheDetails":[{"ttl":"1h","inputTokens":150},{"ttl":"5m","inputTokens":50}]"#

    static let thinking = BedrockFixture(
        "thinking with a signature in pieces, a redacted thought, cached usage, a stop sequence",
        events: [
            start, delta(0, #"{"reasoningContent":{"text":"Let me "}}"#),
            delta(0, #"{"reasoningContent":{"text":"see."}}"#),
            delta(0, #"{"reasoningContent":{"signature":"QUJ"}}"#),
            delta(0, #"{"reasoningContent":{"signature":"D"}}"#), stop(0),
            delta(1, #"{"reasoningContent":{"redactedContent":"AAEC"}}"#), stop(1), delta(2, #"{"text":"42"}"#), stop(2),
        ]
            + end("stop_sequence", cached, more: #","additionalModelResponseFields":{"stop_sequence":"END"}"#),
        whole: whole(
            #"{"reasoningContent":{"reasoningText":{"text":"Let me see.","signature":"QUJD"}}},"#
                + #"{"reasoningContent":{"redactedContent":"AAEC"}},{"text":"42"}"#,
            "stop_sequence", cached, more: #","additionalModelResponseFields":{"stop_sequence":"END"}"#)
    ) {
        $0.choices = [
            choice(
                [.thinking("Let me see.", signature: "QUJD"), .redactedThinking("AAEC"), .text("42")], .stop,
                "stop_sequence", stop: "END")
        ]
        $0.usage = TokenUsage(
            inputUncached: 5, cacheRead: 1000, cacheWrite5m: 50, cacheWrite1h: 150, outputText: 30)
    }

    static let length = BedrockFixture(
        "the limit of tokens, with events and blocks from the future, and citations",
        events: [
            start, ("somethingNew", "[]"), ("contentBlockStart", #"{"contentBlockIndex":0,"start":{"novel":{}}}"#),
            delta(0, #"{"text":"cited"}"#), delta(0, #"{"citation":{"title":"t"}}"#), delta(0, #"{"novel":1}"#), stop(0),
        ] + end("max_tokens", #""inputTokens":1,"outputTokens":2,"totalTokens":3"#),
        whole: whole(
            #"{"citationsContent":{"content":[{"text":"cited"}],"citations":[{"title":"t"}]}}"#, "max_tokens",
            #""inputTokens":1,"outputTokens":2,"totalTokens":3"#)
    ) {
        $0.choices = [choice([.text("cited")], .length, "max_tokens")]
        $0.usage = TokenUsage(inputUncached: 1, outputText: 2)
    }

    static let refused = BedrockFixture(
        "a guardrail's refusal",
        events: [start, delta(0, #"{"text":"Sorry."}"#), stop(0)]
            + end("guardrail_intervened", #""inputTokens":0,"outputTokens":0,"totalTokens":0"#),
        whole: whole(
            #"{"text":"Sorry."}"#, "guardrail_intervened", #""inputTokens":0,"outputTokens":0,"totalTokens":0"#)
    ) {
        $0.choices = [choice([.text("Sorry.")], .contentFilter, "guardrail_intervened")]
        $0.usage = TokenUsage()
    }

    static let table = [plain, parallelTools, thinking, length, refused]
}
