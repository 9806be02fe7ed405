import GatewayCore
import Testing

/// A stream as OpenAI's reference and SDK types describe it, written by hand, and the events it says.
struct ResponsesStreamFixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: String
    let events: [AnswerEvent]

    /// - Parameter lines: the data of one event each; the name of the event is its type, as OpenAI sends it. A line
    ///   that begins with spaces goes on with the one in front of it.
    init(_ description: String, _ lines: String, _ events: [AnswerEvent]) {
        testDescription = description
        var number = -1
        body = lines.replacing("\n  ", with: "").split(separator: "\n").map { line in
            number += 1
            let type = line.split(separator: "\"").dropFirst(2).first.map(String.init) ?? ""
            let head = "event: \(type)\ndata: {\"sequence_number\":\(number),"
            return head + line.dropFirst().replacing("~R", with: Self.response) + "\n\n"
        }.joined()
        self.events = events
    }

    /// What every response object of the fixtures has.
    private static let response = #"""
        "id":"resp_1","object":"response","created_at":1754000000,"model":"gpt-5-2025-08-07","error":null
        """#

    static let start: [AnswerEvent] = [.started(id: "resp_1", model: "gpt-5-2025-08-07", created: 1_754_000_000)]

    static func end(
        _ reason: FinishReason = .stop, native: String? = nil, usage: TokenUsage? = nil
    ) -> [AnswerEvent] {
        let counted: [AnswerEvent] = usage.map { [.usage($0)] } ?? []
        return [.finished(reason, native: native, stopSequence: nil, choice: 0)] + counted + [.ended]
    }

    static let lifecycle = #"""
        {"type":"response.created","response":{~R,"status":"in_progress","output":[],"incomplete_details":null,
          "usage":null}}
        {"type":"response.in_progress","response":{~R,"status":"in_progress","output":[],"incomplete_details":null,
          "usage":null}}

        """#

    static let completed = #"""

        {"type":"response.completed","response":{~R,"status":"completed","output":[],"incomplete_details":null,
          "usage":{"input_tokens":37,"input_tokens_details":{"cached_tokens":30,"cache_write_tokens":2},
          "output_tokens":11,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":48}}}
        """#

    static let usage = TokenUsage(inputUncached: 5, cacheRead: 30, cacheWrite5m: 2, outputText: 7, outputReasoning: 4)
}

extension ResponsesStreamFixture {
    static let table: [ResponsesStreamFixture] = [
        plain, reasoning, calls, refusal, length, filtered, hosted, sparse, onlyWhole, logprobs, rawThoughts, steered,
    ]

    static let plain = ResponsesStreamFixture(
        "text with cached usage",
        lifecycle + #"""
            {"type":"response.output_item.added","output_index":0,"item":{"id":"msg_1","type":"message",
              "status":"in_progress","role":"assistant","content":[]}}
            {"type":"response.content_part.added","item_id":"msg_1","output_index":0,"content_index":0,
              "part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}}
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,
              "delta":"Grüß ","logprobs":[],"obfuscation":"x8Df"}
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,
              "delta":"Gott 👋","logprobs":[]}
            {"type":"response.output_text.done","item_id":"msg_1","output_index":0,"content_index":0,
              "text":"Grüß Gott 👋","logprobs":[]}
            {"type":"response.content_part.done","item_id":"msg_1","output_index":0,"content_index":0,
              "part":{"type":"output_text","annotations":[],"logprobs":[],"text":"Grüß Gott 👋"}}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"msg_1","type":"message",
              "status":"completed","role":"assistant","content":[{"type":"output_text","annotations":[],
              "logprobs":[],"text":"Grüß Gott 👋"}]}}
            """# + completed,
        start + [.text("Grüß ", choice: 0), .text("Gott 👋", choice: 0)] + end(usage: usage))

    static let reasoning = ResponsesStreamFixture(
        "a thought in two paragraphs with its proof, then text",
        lifecycle + #"""
            {"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning",
              "summary":[],"encrypted_content":"gAx"}}
            {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":0,
              "part":{"type":"summary_text","text":""}}
            {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,
              "delta":"One"}
            {"type":"response.reasoning_summary_text.done","item_id":"rs_1","output_index":0,"summary_index":0,
              "text":"One"}
            {"type":"response.reasoning_summary_part.done","item_id":"rs_1","output_index":0,"summary_index":0,
              "part":{"type":"summary_text","text":"One"}}
            {"type":"response.reasoning_summary_part.added","item_id":"rs_1","output_index":0,"summary_index":1,
              "part":{"type":"summary_text","text":""}}
            {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,
              "delta":"Two"}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning",
              "summary":[{"type":"summary_text","text":"One"},{"type":"summary_text","text":"Two"}],
              "encrypted_content":"gAAA=="}}
            {"type":"response.output_item.added","output_index":1,"item":{"id":"rs_2","type":"reasoning",
              "summary":[]}}
            {"type":"response.output_item.done","output_index":1,"item":{"id":"rs_2","type":"reasoning","summary":[],
              "encrypted_content":"gBBB"}}
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":2,"content_index":0,"delta":"Hi",
              "logprobs":[]}
            """# + completed,
        start + [
            .thinking("One", choice: 0), .thinking("\n\n", choice: 0), .thinking("Two", choice: 0),
            .signature("openai:rs_1:gAAA==", choice: 0), .signature("openai:rs_2:gBBB", choice: 0),
            .text("Hi", choice: 0),
        ] + end(usage: usage))

    static let calls = ResponsesStreamFixture(
        "parallel calls whose fragments alternate",
        lifecycle + #"""
            {"type":"response.output_item.added","output_index":0,"item":{"id":"fc_1","type":"function_call",
              "status":"in_progress","arguments":"","call_id":"call_a","name":"weather"}}
            {"type":"response.output_item.added","output_index":1,"item":{"id":"fc_2","type":"function_call",
              "status":"in_progress","arguments":"","call_id":"call_b","name":"time"}}
            {"type":"response.function_call_arguments.delta","item_id":"fc_2","output_index":1,"delta":"{\"z\":"}
            {"type":"response.function_call_arguments.delta","item_id":"fc_1","output_index":0,"delta":"{}"}
            {"type":"response.function_call_arguments.delta","item_id":"fc_2","output_index":1,"delta":"1}"}
            {"type":"response.function_call_arguments.done","item_id":"fc_1","output_index":0,"name":"weather",
              "arguments":"{}"}
            {"type":"response.function_call_arguments.done","item_id":"fc_2","output_index":1,"name":"time",
              "arguments":"{\"z\":1}"}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"fc_1","type":"function_call",
              "status":"completed","arguments":"{}","call_id":"call_a","name":"weather"}}
            {"type":"response.output_item.done","output_index":1,"item":{"id":"fc_2","type":"function_call",
              "status":"completed","arguments":"{\"z\":1}","call_id":"call_b","name":"time"}}
            """# + completed,
        start + [
            .toolCall(0, id: "call_a", name: "weather", signature: nil, choice: 0),
            .toolCall(1, id: "call_b", name: "time", signature: nil, choice: 0),
            .toolArguments(1, "{\"z\":", choice: 0), .toolArguments(0, "{}", choice: 0),
            .toolArguments(1, "1}", choice: 0),
        ] + end(.toolCalls, usage: usage))

    static let refusal = ResponsesStreamFixture(
        "a refusal",
        lifecycle + #"""
            {"type":"response.refusal.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"I "}
            {"type":"response.refusal.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"can't."}
            {"type":"response.refusal.done","item_id":"msg_1","output_index":0,"content_index":0,"refusal":"I can't."}
            """# + completed,
        start + [.refusal("I ", choice: 0), .refusal("can't.", choice: 0)] + end(usage: usage))

    static let length = ResponsesStreamFixture(
        "an answer that is too long",
        lifecycle + #"""
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"a",
              "logprobs":[]}
            {"type":"response.incomplete","response":{~R,"status":"incomplete","output":[],
              "incomplete_details":{"reason":"max_output_tokens"},"usage":null}}
            """#,
        start + [.text("a", choice: 0)] + end(.length))

    static let filtered = ResponsesStreamFixture(
        "an answer that a filter cut",
        lifecycle + #"""
            {"type":"response.incomplete","response":{~R,"status":"incomplete","output":[],
              "incomplete_details":{"reason":"content_filter"},"usage":null}}
            """#,
        start + end(.contentFilter))

    static let steered = ResponsesStreamFixture(
        "an end nobody knows",
        lifecycle + #"""
            {"type":"response.incomplete","response":{~R,"status":"incomplete","output":[],
              "incomplete_details":{"reason":"steered"},"usage":null}}
            """#,
        start + end(.other("steered"), native: "steered"))

    static let hosted = ResponsesStreamFixture(
        "a tool of the provider, events and items of tomorrow",
        lifecycle + #"""
            {"type":"response.output_item.added","output_index":0,"item":{"id":"ws_1","type":"web_search_call",
              "status":"in_progress"}}
            {"type":"response.web_search_call.searching","item_id":"ws_1","output_index":0}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"ws_1","type":"web_search_call",
              "status":"completed"}}
            {"type":"response.future.event","what":{"a":[1]}}
            {"type":"keepalive"}
            {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"a"}
            {"type":"response.output_text.annotation.added","item_id":"msg_1","output_index":1,"content_index":0,
              "annotation_index":0,"annotation":{"type":"url_citation"}}
            """# + completed,
        start + [
            .native(JSONText(valid: #"{"id":"ws_1","type":"web_search_call","status":"completed"}"#), choice: 0),
            .text("a", choice: 0),
        ] + end(usage: usage))

    static let sparse = ResponsesStreamFixture(
        "a server that leaves fragments out",
        #"""
        {"type":"response.created","response":{~R,"status":"in_progress","output":[]}}
        {"type":"response.output_text.done","item_id":"msg_1","output_index":0,"content_index":0,"text":"whole"}
        {"type":"response.output_item.done","output_index":0,"item":{"id":"msg_1","type":"message",
          "role":"assistant","content":[{"type":"output_text","text":"whole"}]}}
        {"type":"response.output_item.done","output_index":1,"item":{"id":"msg_2","type":"message",
          "role":"assistant","content":[{"type":"output_text","text":"more"}]}}
        {"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","arguments":"{}",
          "call_id":"c","name":"f"}}
        {"type":"response.output_item.done","output_index":3,"item":{"id":"rs","type":"reasoning",
          "summary":[{"type":"summary_text","text":"hm"}]}}
        """# + completed,
        start + [
            .text("whole", choice: 0), .text("more", choice: 0),
            .toolCall(0, id: "c", name: "f", signature: nil, choice: 0), .toolArguments(0, "{}", choice: 0),
            .thinking("hm", choice: 0),
        ] + end(.toolCalls, usage: usage))

    static let onlyWhole = ResponsesStreamFixture(
        "a server that sends only the whole",
        #"""
        {"type":"response.completed","response":{~R,"status":"completed","output":[{"id":"msg_1","type":"message",
          "role":"assistant","content":[{"type":"output_text","text":"all"}]}]}}
        """#,
        start + [.text("all", choice: 0)] + end())

    private static let probable = JSONText(
        valid: #"{"content":[{"token":"a","logprob":-1.5,"bytes":[97],"top_logprobs":[]}],"refusal":null}"#)

    static let logprobs = ResponsesStreamFixture(
        "probabilities",
        lifecycle + #"""
            {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"a",
              "logprobs":[{"token":"a","logprob":-1.5,"bytes":[97],"top_logprobs":[]}]}
            """# + completed,
        start + [
            .logprobs(probable, choice: 0), .text("a", choice: 0),
        ] + end(usage: usage))

    static let rawThoughts = ResponsesStreamFixture(
        "an open model that shows its thoughts and a summary of them",
        lifecycle + #"""
            {"type":"response.reasoning_text.delta","item_id":"rs_1","output_index":0,"content_index":0,"delta":"raw"}
            {"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,
              "delta":"short"}
            {"type":"response.output_item.done","output_index":0,"item":{"id":"rs_1","type":"reasoning",
              "summary":[{"type":"summary_text","text":"short"}],"content":[{"type":"reasoning_text","text":"raw"}]}}
            """# + completed,
        start + [.thinking("raw", choice: 0)] + end(usage: usage))
}
