import GatewayCore

@testable import ProviderAPIs

extension MessagesFixture {
    private static let usageStart = """
        {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant",\
        "model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,\
        "cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"cache_creation":\
        {"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":2,\
        "service_tier":"standard"}}}
        """

    /// Counts of `message_delta` are totals: those of the input come again, and none is added.
    static let cached = MessagesFixture(
        testDescription: "usage of a prompt cache",
        lines: """
            \(usageStart)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ok"}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{},"usage":{"input_tokens":10,\
            "cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"output_tokens":7}}
            {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":8}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"ok"}],"stop_reason":"end_turn","usage":{"input_tokens":10,
             "cache_creation_input_tokens":300,"cache_read_input_tokens":4000,"cache_creation":
             {"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":8}}
            """,
        answer: answer(
            [.text("ok")], .stop, native: "end_turn",
            usage: TokenUsage(
                inputUncached: 10, cacheRead: 4000, cacheWrite5m: 100, cacheWrite1h: 200, outputText: 8)))

    private static let search = """
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}}
        """
    private static let found = """
        {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result",\
        "url":"https://x/y","title":"T","encrypted_content":"Eo=","page_age":null}]}
        """

    static let serverTool = MessagesFixture(
        testDescription: "a tool that the provider runs, and a block of a later version",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":\
            {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\""}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":":\\"q\\"}"}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":\(found)}
            {"type":"content_block_stop","index":1}
            {"type":"content_block_start","index":2,"content_block":{"type":"hologram","pixels":3}}
            {"type":"content_block_delta","index":2,"delta":{"type":"pixel_delta","pixel":"x"}}
            {"type":"content_block_stop","index":2}
            {"type":"weather_report","sky":"blue"}
            {"type":"message_delta","delta":{"stop_reason":"pause_turn"},"usage":{"output_tokens":5}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[\(search),\(found),{"type":"hologram","pixels":3}],"stop_reason":"pause_turn",
             "usage":{"input_tokens":25,"output_tokens":5},"mood":"good"}
            """,
        answer: answer(
            [search, found, #"{"type":"hologram","pixels":3}"#].compactMap { JSONText(checking: $0) }
                .map { ContentPart(.native($0)) },
            .other("pause_turn"), native: "pause_turn", usage: TokenUsage(inputUncached: 25, outputText: 5)))

    private static let quote = """
        {"type":"char_location","cited_text":"x","document_index":0,"document_title":null,"start_char_index":0,\
        "end_char_index":1,"file_id":null}
        """

    static let citations = MessagesFixture(
        testDescription: "a quotation",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":[]}}
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"As said"}}
            {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":\(quote)}}
            {"type":"content_block_stop","index":0}
            {"type":"message_delta","delta":{"stop_reason":"a_new_reason"},"usage":{"output_tokens":5}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"text","text":"As said","citations":[\(quote)]}],"stop_reason":"a_new_reason",
             "usage":{"input_tokens":25,"output_tokens":5}}
            """,
        answer: answer(
            [.text("As said")]
                + [#"{"type":"citations_delta","citation":\#(quote)}"#].compactMap { JSONText(checking: $0) }
                .map { ContentPart(.native($0)) },
            .other("a_new_reason"), native: "a_new_reason", usage: TokenUsage(inputUncached: 25, outputText: 5)))

    static let emptyInput = MessagesFixture(
        testDescription: "a call without arguments, and one whose input came with its beginning",
        lines: """
            \(start)
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"now",\
            "input":{}}}
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}
            {"type":"content_block_stop","index":0}
            {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g",\
            "input":{"x":1}}}
            {"type":"content_block_stop","index":1}
            {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}}
            {"type":"message_stop"}
            """,
        message: """
            {\(head),"content":[{"type":"tool_use","id":"a","name":"now","input":{}},
             {"type":"tool_use","id":"b","name":"g","input":{"x":1}}],"stop_reason":"tool_use",
             "usage":{"input_tokens":25,"output_tokens":5}}
            """,
        answer: answer(
            [
                ContentPart(.toolCall(ToolCall(id: "a", name: "now", arguments: "{}"))),
                ContentPart(.toolCall(ToolCall(id: "b", name: "g", arguments: #"{"x":1}"#))),
            ], .toolCalls, native: "tool_use", usage: TokenUsage(inputUncached: 25, outputText: 5)))
}
