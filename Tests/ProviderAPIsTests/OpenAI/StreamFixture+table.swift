extension StreamFixture {
    static let table: [StreamFixture] = [
        plain, parallelTools, vendorTools, usageOnLastChoice, trailingChunks, twoChoices, refusal, reasoning, logprobs,
        azure, escapes, customTool, functionCall, unfinished,
    ]

    static let plain = StreamFixture(
        testDescription: "text, padding, a usage chunk",
        chunks: #"""
            {~,"object":"chat.completion.chunk","service_tier":"default","choices":[{"index":0,"delta":{
              "role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],
              "usage":null,"obfuscation":"xYz"}
            {~,"object":"chat.completion.chunk","service_tier":"default","choices":[{"index":0,"delta":{
              "content":"Grüß"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"a"}
            {~,"object":"chat.completion.chunk","service_tier":"default","choices":[{"index":0,"delta":{
              "content":" dich 😀\n"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":""}
            {~,"object":"chat.completion.chunk","service_tier":"default","choices":[{"index":0,"delta":{},
              "logprobs":null,"finish_reason":"stop"}],"usage":null,"obfuscation":"b"}
            {~,"object":"chat.completion.chunk","service_tier":"default","choices":[],"usage":{
              "prompt_tokens":9,"completion_tokens":4,"total_tokens":13,"prompt_tokens_details":{
              "cached_tokens":2}},"obfuscation":"q"}
            """#,
        steps: "lcccud",
        answer: #"""
            {~,"object":"chat.completion","service_tier":"default","choices":[{"index":0,"message":{
              "role":"assistant","content":"Grüß dich 😀\n","refusal":null},"logprobs":null,
              "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13,
              "prompt_tokens_details":{"cached_tokens":2}}}
            """#)

    static let parallelTools = StreamFixture(
        testDescription: "two tool calls whose fragments alternate, content null",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t1","type":"function","function":{
              "name":"time","arguments":""}}]},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t0","type":"function","function":{
              "name":"weather","arguments":""}}]},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}},{
              "index":1,"function":{"arguments":"{\"zone\""}}]},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":":\"CET\"}"}}]},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Ulm\"}"}}]},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            """#,
        steps: "lccccccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,
              "tool_calls":[{"id":"t0","type":"function","function":{"name":"weather",
              "arguments":"{\"city\":\"Ulm\"}"}},{"id":"t1","type":"function","function":{"name":"time",
              "arguments":"{\"zone\":\"CET\"}"}}]},"finish_reason":"tool_calls"}]}
            """#)

    static let vendorTools = StreamFixture(
        testDescription: "tool calls that share index 0, repeat their names, or have no index",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":null,"tool_calls":null}}]}
            {~,"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"a",
              "type":"function","function":{"name":"f","arguments":"{"}}]}}]}
            {~,"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"a",
              "type":"function","function":{"name":"f","arguments":"}"}}]}}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"b","type":"function","function":{
              "name":"f","arguments":"[1"},"extra_content":{"google":{"thought_signature":"s=="}}}]}}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","function":{"name":null,
              "arguments":"]"}}]}}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"id":"c","type":"function","function":{"name":"g",
              "arguments":"1"}}]}}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"2"}}]}}]}
            {~,"choices":[{"index":0,"delta":null,"finish_reason":"tool_calls"}]}
            """#,
        steps: "lcccccccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,
              "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b",
              "type":"function","function":{"name":"f","arguments":"[1]"},"extra_content":{"google":{
              "thought_signature":"s=="}}},{"id":"c","type":"function","function":{"name":"g",
              "arguments":"12"}}]},"finish_reason":"tool_calls"}]}
            """#)

    static let usageOnLastChoice = StreamFixture(
        testDescription: "usage on the chunk with the last choice",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}],
              "usage":{"prompt_tokens":1,"completion_tokens":1}}
            {~,"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"length"}],"usage":{
              "prompt_tokens":1,"completion_tokens":2}}
            """#,
        steps: "ccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"ab"},
              "finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}
            """#)

    static let trailingChunks = StreamFixture(
        testDescription: "chunks without choices in front and behind",
        chunks: #"""
            {"id":"","created":0,"model":"","object":"","choices":[],"prompt_filter_results":[]}
            {~}
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}
            {~,"choices":[]}
            {~,"choices":null,"usage":null}
            {~,"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}
            {~,"choices":[]}
            """#,
        steps: "llccccucd",
        answer: #"""
            {~,"object":"chat.completion","prompt_filter_results":[],"choices":[{"index":0,"message":{
              "role":"assistant","content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,
              "completion_tokens":1}}
            """#)

    static let twoChoices = StreamFixture(
        testDescription: "two choices, alternating, the second first",
        chunks: #"""
            {~,"choices":[{"index":1,"delta":{"role":"assistant","content":"x"},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null},{
              "index":1,"delta":{"content":"y"},"finish_reason":null}]}
            {~,"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}
            {~,"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"length"}]}
            """#,
        steps: "ccccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"ab"},
              "finish_reason":"length"},{"index":1,"message":{"role":"assistant","content":"xy"},
              "finish_reason":"stop"}]}
            """#)

    static let refusal = StreamFixture(
        testDescription: "a refusal",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":""},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"refusal":"I can"},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"refusal":"not."},"finish_reason":"stop"}]}
            """#,
        steps: "lccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,
              "refusal":"I cannot."},"finish_reason":"stop"}]}
            """#)

    static let reasoning = StreamFixture(
        testDescription: "reasoning in front of the text",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":""},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Let me"},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"reasoning_content":" see."},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":"4","reasoning_content":null},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":"2","annotations":[]},"finish_reason":"stop"}]}
            """#,
        steps: "lccccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"42",
              "reasoning_content":"Let me see.","annotations":[]},"finish_reason":"stop"}]}
            """#)

    static let logprobs = StreamFixture(
        testDescription: "logarithms of probabilities",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"a",
              "logprob":-0.10,"bytes":[97],"top_logprobs":[]}],"refusal":null},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":"b"},"logprobs":{"content":[{"token":"b",
              "logprob":-2E-3,"bytes":[98],"top_logprobs":[]}],"refusal":null},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{},"logprobs":{"content":[ ]},"finish_reason":"stop"}]}
            """#,
        steps: "lcccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"ab"},
              "logprobs":{"content":[{"token":"a","logprob":-0.10,"bytes":[97],"top_logprobs":[]},{"token":"b",
              "logprob":-2E-3,"bytes":[98],"top_logprobs":[]}],"refusal":null},"finish_reason":"stop"}]}
            """#)

    static let azure = StreamFixture(
        testDescription: "filter results of choices, a late fingerprint",
        chunks: #"""
            {"id":"c1","created":7,"model":"m","system_fingerprint":null,"choices":[{"index":0,"delta":{
              "content":"","role":"assistant"},"content_filter_results":{},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"content":"a"},"content_filter_results":{"hate":{
              "filtered":false}},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{},"content_filter_results":null,"stop_reason":128009,
              "finish_reason":"stop"}]}
            """#,
        steps: "lccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"a"},
              "content_filter_results":{"hate":{"filtered":false}},"stop_reason":128009,
              "finish_reason":"stop"}]}
            """#)

    static let escapes = StreamFixture(
        testDescription: "escapes of every kind at the borders of fragments",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":"\\"}}]}
            {~,"choices":[{"index":0,"delta":{"content":"\"\u0041"}}]}
            {~,"choices":[{"index":0,"delta":{"\u0063ontent":"\ud83d\ude00\/\t"}}]}
            {~,"choices":[{"index":0,"delta":{"content":"e"}}]}
            {~,"choices":[{"index":0,"delta":{"content":"\#u{301}"},"finish_reason":"stop"}]}
            """#,
        steps: "cccccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant",
              "content":"\\\"A😀/\te\#u{301}"},"finish_reason":"stop"}]}
            """#)

    static let customTool = StreamFixture(
        testDescription: "a custom tool, whose input is text",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,
              "id":"k","type":"custom","custom":{"name":"sql","input":""}}]},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"custom":{"input":"SELECT"}}]},
              "finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"custom":{"input":" 1"}}]},
              "finish_reason":"tool_calls"}]}
            """#,
        steps: "cccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,
              "tool_calls":[{"id":"k","type":"custom","custom":{"name":"sql","input":"SELECT 1"}}]},
              "finish_reason":"tool_calls"}]}
            """#)

    static let functionCall = StreamFixture(
        testDescription: "the function call of older requests",
        chunks: #"""
            {~,"choices":[{"index":0,"delta":{"role":"assistant","content":null,"function_call":{"name":"f",
              "arguments":""}},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{"function_call":{"arguments":"{}"}},"finish_reason":null}]}
            {~,"choices":[{"index":0,"delta":{},"finish_reason":"function_call"}]}
            """#,
        steps: "cccd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":null,
              "function_call":{"name":"f","arguments":"{}"}},"finish_reason":"function_call"}]}
            """#)

    static let unfinished = StreamFixture(
        testDescription: "an end without a reason, and no role",
        chunks: #"""
            {~,"choices":[{"delta":{"content":"a"},"finish_reason":""}]}
            """#,
        steps: "cd",
        answer: #"""
            {~,"object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"a"},
              "finish_reason":null}]}
            """#)
}
