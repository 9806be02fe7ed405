/// One answer as a response of OpenAI's Responses, whole or as events.
struct MockResponseObject: Sendable {
    private let turn: MockTurn
    private let request: MockResponsesRequest

    init(_ turn: MockTurn, for request: MockResponsesRequest) {
        self.turn = turn
        self.request = request
    }

    /// The finished response.
    var whole: MockJSON {
        object(status: status, output: items, isOver: true)
    }

    /// `completed`, `incomplete` or `failed`.
    var status: String {
        switch turn.stop {
        case .length, .given("content_filter"), .given("max_output_tokens"): "incomplete"
        case .given("failed"): "failed"
        default: "completed"
        }
    }

    /// How the response stands at a moment: with what of the output there is, and what only its end has.
    func object(status: String, output: [MockJSON], isOver: Bool) -> MockJSON {
        let json = request.json
        let reason: MockJSON = turn.stop == .given("content_filter") ? "content_filter" : "max_output_tokens"
        return [
            "id": "resp_\(turn.id)", "object": "response", "created_at": .number(turn.created),
            "status": .string(status), "background": false,
            "completed_at": status == "completed" ? .number(turn.created) : .null,
            "error": status == "failed" ? Self.failure : .null,
            "incomplete_details": status == "incomplete" ? ["reason": reason] : .null,
            "instructions": json["instructions"] ?? .null,
            "max_output_tokens": json["max_output_tokens"] ?? .null, "max_tool_calls": .null,
            "metadata": json.given("metadata") ?? [:], "model": .string(turn.model), "output": .array(output),
            "parallel_tool_calls": json.given("parallel_tool_calls") ?? true, "previous_response_id": .null,
            "prompt_cache_key": json["prompt_cache_key"] ?? .null,
            "reasoning": json.given("reasoning") ?? ["effort": .null, "summary": .null],
            "safety_identifier": json["safety_identifier"] ?? .null, "service_tier": "default",
            "store": json.given("store") ?? true, "temperature": json.given("temperature") ?? .number("1.0"),
            "text": json.given("text") ?? ["format": ["type": "text"], "verbosity": "medium"],
            "tool_choice": json.given("tool_choice") ?? "auto", "tools": json.given("tools") ?? [],
            "top_logprobs": 0, "top_p": json.given("top_p") ?? .number("1.0"), "truncation": "disabled",
            "usage": isOver ? usage : .null, "user": json["user"] ?? .null,
        ]
    }

    static let failure: MockJSON = [
        "code": "server_error", "message": "The model failed to generate a response.",
    ]

    /// Everything the model said, in order.
    var items: [MockJSON] {
        var items: [MockJSON] = []
        if !turn.thinking.isEmpty { items.append(reasoning(isDone: true)) }
        if turn.calls.isEmpty { items.append(message(isDone: true)) }
        return items + turn.calls.indices.map { call($0, isDone: true) }
    }

    func reasoning(isDone: Bool) -> MockJSON {
        let summary: MockJSON = [["type": "summary_text", "text": .string(turn.thought)]]
        return .members([
            "id": .string(reasoningID), "type": "reasoning",
            "summary": isDone && turn.showsThinking ? summary : [],
            "encrypted_content": request.includesEncrypted ? .string(turn.signature) : nil,
        ])
    }

    func message(isDone: Bool) -> MockJSON {
        let status = !isDone ? "in_progress" : self.status == "completed" ? "completed" : "incomplete"
        return [
            "id": .string(messageID), "type": "message", "status": .string(status), "role": "assistant",
            "content": isDone ? [part(turn.text)] : [],
        ]
    }

    func part(_ text: String) -> MockJSON {
        if turn.isRefusal { return ["type": "refusal", "refusal": .string(text)] }
        return ["type": "output_text", "annotations": [], "logprobs": [], "text": .string(text)]
    }

    func call(_ index: Int, isDone: Bool) -> MockJSON {
        let call = turn.calls[index]
        return [
            "id": .string(callID(index)), "type": "function_call", "status": isDone ? "completed" : "in_progress",
            "arguments": isDone ? .string(call.arguments) : "", "call_id": "call_\(call.id)",
            "name": .string(call.name),
        ]
    }

    var reasoningID: String { "rs_\(turn.id)" }
    var messageID: String { "msg_\(turn.id)" }

    func callID(_ index: Int) -> String {
        "fc_\(turn.calls[index].id)"
    }

    /// What was cached is part of the input, reasoning of the output.
    private var usage: MockJSON {
        let usage = turn.usage
        return [
            "input_tokens": .number(usage.prompt),
            "input_tokens_details": [
                "cached_tokens": .number(usage.cacheRead), "cache_write_tokens": .number(usage.cacheWrite),
            ],
            "output_tokens": .number(usage.output),
            "output_tokens_details": ["reasoning_tokens": .number(usage.thinking)],
            "total_tokens": .number(usage.total),
        ]
    }
}
