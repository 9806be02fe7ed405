import GatewayCore

@testable import ProviderAPIs

extension MessagesFixture {
    static let plain = MessagesFixture(
        testDescription: "plain text, with pings",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type": "ping"}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüß "}}
            {"type":"ping"}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"dich \\ud83d\\udc4b"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
            "usage":{"output_tokens":15}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"Grüß dich 👋"}],"stop_reason":"end_turn","stop_sequence":null,
             "usage":{"input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":15}}
            """,
        answer: answer(
            [.text("Grüß dich 👋")], .stop, native: "end_turn", usage: TokenUsage(inputUncached: 25, outputText: 15)))

    static let tools = MessagesFixture(
        testDescription: "text and two parallel calls",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I look."}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_a",\
            "name":"weather","input":{}}}
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",\
            "partial_json":"{\\"city\\": \\"Pa"}}
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"ris\\"}"}}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_b",\
            "name":"clock","input":{}}}
            {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta",\
            "partial_json":"{\\"zone\\": 1}"}}
            {"type":"content_block_stop","index":2}
            {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
            "usage":{"output_tokens":80}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"I look."},
             {"type":"tool_use","id":"toolu_a","name":"weather","input":{"city": "Paris"},"caller":{"type":"direct"}},
             {"type":"tool_use","id":"toolu_b","name":"clock","input":{"zone": 1}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":25,"output_tokens":80}}
            """,
        answer: answer(
            [
                .text("I look."),
                ContentPart(.toolCall(ToolCall(id: "toolu_a", name: "weather", arguments: #"{"city": "Paris"}"#))),
                ContentPart(.toolCall(ToolCall(id: "toolu_b", name: "clock", arguments: #"{"zone": 1}"#))),
            ], .toolCalls, native: "tool_use", usage: TokenUsage(inputUncached: 25, outputText: 80)))

    static let thinking = MessagesFixture(
        testDescription: "thoughts: shown, hidden behind a signature, redacted, and a call behind them",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me "}}
            {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"see."}}
            {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB+/="}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"EmwK=="}}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}
            {"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"Eqz="}}
            {"type":"content_block_stop","index":2}
            {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_c","name":"f",\
            "input":{}}}
            {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\":[]}"}}
            {"type":"content_block_stop","index":3}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":60,\
            "output_tokens_details":{"thinking_tokens":41}}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"thinking","thinking":"Let me see.","signature":"EqQB+/="},
             {"type":"redacted_thinking","data":"EmwK=="},{"type":"thinking","thinking":"","signature":"Eqz="},
             {"type":"tool_use","id":"toolu_c","name":"f","input":{"a":[]}}],"stop_reason":"tool_use",
             "usage":{"input_tokens":25,"output_tokens":60,"output_tokens_details":{"thinking_tokens":41}}}
            """,
        answer: answer(
            [
                ContentPart(.thinking("Let me see.", signature: "EqQB+/=")), ContentPart(.redactedThinking("EmwK==")),
                ContentPart(.thinking("", signature: "Eqz=")),
                ContentPart(.toolCall(ToolCall(id: "toolu_c", name: "f", arguments: #"{"a":[]}"#))),
            ], .toolCalls, native: "tool_use",
            usage: TokenUsage(inputUncached: 25, outputText: 19, outputReasoning: 41)))

    static let refusal = MessagesFixture(
        testDescription: "a refusal with its reason",
        lines: """
            \(start)
            {"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null,"stop_details":\
            {"type":"refusal","category":"bio","explanation":"That is held back."}},"usage":{"output_tokens":4}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[],"stop_reason":"refusal","stop_sequence":null,"stop_details":{"type":"refusal",
             "category":"bio","explanation":"That is held back."},"usage":{"input_tokens":25,"output_tokens":4}}
            """,
        answer: answer(
            [ContentPart(.refusal("That is held back."))], .contentFilter, native: "refusal",
            usage: TokenUsage(inputUncached: 25, outputText: 4)))

    static let length = MessagesFixture(
        testDescription: "a stop at the end of the context, in the middle of a call",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"So"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"model_context_window_exceeded"},"usage":{"output_tokens":9}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"So"}],"stop_reason":"model_context_window_exceeded",
             "usage":{"input_tokens":25,"output_tokens":9}}
            """,
        answer: answer(
            [.text("So")], .length, native: "model_context_window_exceeded",
            usage: TokenUsage(inputUncached: 25, outputText: 9)))

    static let stopSequence = MessagesFixture(
        testDescription: "a stop sequence",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"1 2"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"stop_sequence","stop_sequence":" 3"},\
            "usage":{"output_tokens":3}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"1 2"}],"stop_reason":"stop_sequence","stop_sequence":" 3",
             "usage":{"input_tokens":25,"output_tokens":3}}
            """,
        answer: answer(
            [.text("1 2")], .stop, native: "stop_sequence", stopSequence: " 3",
            usage: TokenUsage(inputUncached: 25, outputText: 3)))
}
