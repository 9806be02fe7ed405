import GatewayCore

extension GeminiFixture {
    static let plain = GeminiFixture(
        "plain",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"text":"Grüße"}],"role":"model"},"index":0}],"#
                + #""usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":" 👩‍👩‍👧, world"}],"role":"model"},"finishReason":"STOP","#
                + #""index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"totalTokenCount":13,"#
                + #""promptTokensDetails":[{"modality":"TEXT","tokenCount":9}]},~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"text":"Grüße 👩‍👩‍👧, world"}],"role":"model"},"#
            + #""finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"#
            + #""totalTokenCount":13},~}"#
    ) {
        $0.choices = [choice([.text("Grüße 👩‍👩‍👧, world")], .stop, "STOP")]
        $0.usage = TokenUsage(inputUncached: 9, outputText: 4)
    }

    /// The reason in a chunk behind the calls, ids on none, a signature on the first call alone.
    static let parallelTools = GeminiFixture(
        "parallel tools, the finish reason in a later chunk",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"text":"Looking."}],"role":"model"}}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"weather","args":{"city":"Rome"}},"#
                + #""thoughtSignature":"c2ln"},{"functionCall":{"name":"weather","args":{"city":"Oslo"}}}],"#
                + #""role":"model"}}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"name":"now"}}],"role":"model"}}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP"}],"#
                + #""usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":20},~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"text":"Looking."},{"functionCall":{"name":"weather","args":"#
            + #"{"city":"Rome"}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"weather","args":"#
            + #"{"city":"Oslo"}}},{"functionCall":{"name":"now","args":{}}}],"role":"model"},"finishReason":"STOP"}],"#
            + #""usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":20},~}"#
    ) {
        let calls = [
            ToolCall(
                id: "call_Zx7-a-1_0_0", name: "weather", arguments: #"{"city":"Rome"}"#, signature: "c2ln"),
            ToolCall(id: "call_Zx7-a-1_0_1", name: "weather", arguments: #"{"city":"Oslo"}"#),
            ToolCall(id: "call_Zx7-a-1_0_2", name: "now", arguments: "{}"),
        ]
        $0.choices = [choice([.text("Looking.")] + calls.map { .toolCall($0) }, .toolCalls, "STOP")]
        $0.usage = TokenUsage(inputUncached: 50, outputText: 20)
    }

    static let tool = GeminiFixture(
        "a call with an id of Gemini's own, behind its finish reason",
        chunks: [
            #"{"candidates":[{"finishReason":"STOP","index":0}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"id":"fc-1","name":"f","args":{"a":[1,null]}}}],"#
                + #""role":"model"},"index":0}],~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"functionCall":{"id":"fc-1","name":"f","args":"#
            + #"{"a":[1,null]}}}],"role":"model"},"finishReason":"STOP","index":0}],~}"#
    ) {
        let call = ToolCall(id: "fc-1", name: "f", arguments: #"{"a":[1,null]}"#)
        $0.choices = [choice([.toolCall(call)], .toolCalls, "STOP")]
    }

    /// The signature of the answer itself comes in an empty part at the end.
    static let thinking = GeminiFixture(
        "thinking, with cached and thought tokens",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"text":"Let me ","thought":true}],"role":"model"}}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"see.","thought":true}],"role":"model"}}],~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"42"}],"role":"model"}}],"usageMetadata":"#
                + #"{"promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":1,"#
                + #""thoughtsTokenCount":30},~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"QUJD"}],"role":"model"},"#
                + #""finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":64,"#
                + #""candidatesTokenCount":2,"thoughtsTokenCount":31,"toolUsePromptTokenCount":5},~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"text":"Let me see.","thought":true},{"text":"42","#
            + #""thoughtSignature":"QUJD"}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":"#
            + #"{"promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":2,"thoughtsTokenCount":31,"#
            + #""toolUsePromptTokenCount":5},~}"#
    ) {
        $0.choices = [
            choice(
                [
                    .thinking("Let me see.", signature: nil), .text("42"), .thinking("", signature: "gemini:QUJD"),
                ], .stop, "STOP")
        ]
        $0.usage = TokenUsage(inputUncached: 41, cacheRead: 64, outputText: 2, outputReasoning: 31)
    }

    static let length = GeminiFixture(
        "the limit of tokens inside a call",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"functionCall":{"id":"c","name":"f","args":{}}}],"#
                + #""role":"model"}}],~}"#,
            #"{"candidates":[{"finishReason":"MAX_TOKENS","index":0}],~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"functionCall":{"id":"c","name":"f","args":{}}}]},"#
            + #""finishReason":"MAX_TOKENS","index":0}],~}"#
    ) {
        $0.choices = [choice([.toolCall(ToolCall(id: "c", name: "f", arguments: "{}"))], .length, "MAX_TOKENS")]
    }

    static let safety = GeminiFixture(
        "an answer cut by a filter",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"text":"Well"}],"role":"model"},"index":0}],~}"#,
            #"{"candidates":[{"finishReason":"SAFETY","index":0,"safetyRatings":[{"category":"#
                + #""HARM_CATEGORY_HARASSMENT","probability":"HIGH","blocked":true}]}],~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"text":"Well"}]},"finishReason":"SAFETY","index":0}],~}"#
    ) {
        $0.choices = [choice([.text("Well")], .contentFilter, "SAFETY")]
    }

    static let blocked = GeminiFixture(
        "a blocked prompt: no candidate at all",
        chunks: [
            #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","blockReasonMessage":"Not this."},"#
                + #""usageMetadata":{"promptTokenCount":7,"totalTokenCount":7},~}"#
        ],
        whole: #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","blockReasonMessage":"Not this."},"#
            + #""usageMetadata":{"promptTokenCount":7,"totalTokenCount":7},~}"#
    ) {
        $0.choices = [choice([.refusal("Not this.")], .contentFilter, "PROHIBITED_CONTENT")]
        $0.usage = TokenUsage(inputUncached: 7)
    }

    /// Zero is not written, so the first candidate has no index.
    static let candidates = GeminiFixture(
        "two candidates, one reason unknown, words from the future, log probabilities",
        chunks: [
            #"{"candidates":[{"content":{"parts":[{"text":"a","partMetadata":{"x":1}}]},"logprobsResult":{"#
                + #""chosenCandidates":[{"token":"a","logProbability":-0.5}],"topCandidates":[{"candidates":"#
                + #"[{"token":"a","logProbability":-0.5},{"token":"b"}]}]}}],"modelStatus":{"z":[]},~}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"b"}]},"index":1,"finishReason":"STOP"}],~}"#,
            #"{"candidates":[{"finishReason":"SOMETHING_NEW"}],"usageMetadata":{"promptTokenCount":20,"#
                + #""promptTokensDetails":[{"modality":"AUDIO","tokenCount":12}],"candidatesTokenCount":2},~}"#,
        ],
        whole: #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"SOMETHING_NEW","logprobsResult":{"#
            + #""chosenCandidates":[{"token":"a","logProbability":-0.5}],"topCandidates":[{"candidates":"#
            + #"[{"token":"a","logProbability":-0.5},{"token":"b"}]}]}},{"content":{"parts":[{"text":"b"}]},"#
            + #""index":1,"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":20,"promptTokensDetails":"#
            + #"[{"modality":"AUDIO","tokenCount":12}],"candidatesTokenCount":2},~}"#
    ) {
        $0.choices = [
            choice([.text("a")], .other("SOMETHING_NEW"), "SOMETHING_NEW"), choice([.text("b")], .stop, "STOP"),
        ]
        $0.choices[0].logprobs = JSONText(
            checking: #"{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":["#
                + #"{"token":"a","logprob":-0.5,"bytes":[97]},{"token":"b","logprob":0,"bytes":[98]}]}],"#
                + #""refusal":null}"#)
        $0.usage = TokenUsage(inputUncached: 8, inputAudio: 12, outputText: 2)
    }

    static let table = [plain, parallelTools, tool, thinking, length, safety, blocked, candidates]
}
