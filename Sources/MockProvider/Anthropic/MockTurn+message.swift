extension MockTurn {
    private var messageID: String { "msg_01\(id)" }

    /// The whole message.
    var message: MockJSON {
        message(
            content: .array(messageBlocks), stop: messageStop.reason, sequence: messageStop.sequence,
            usage: messageUsage(output: usage.output))
    }

    private func message(content: MockJSON, stop: MockJSON, sequence: MockJSON, usage: MockJSON) -> MockJSON {
        [
            "id": .string(messageID), "type": "message", "role": "assistant", "model": .string(model),
            "content": content, "stop_reason": stop, "stop_sequence": sequence,
            "stop_details": stop == "refusal" ? refusalDetails : .null, "container": .null, "usage": usage,
        ]
    }

    private var messageBlocks: [MockJSON] {
        var blocks: [MockJSON] = []
        if !thinking.isEmpty {
            let shown = showsThinking ? thought : ""
            blocks.append(["type": "thinking", "thinking": .string(shown), "signature": .string(signature)])
        }
        if !tokens.isEmpty { blocks.append(["type": "text", "text": .string(text)]) }
        return blocks + calls.map { call in
            [
                "type": "tool_use", "id": "toolu_01\(call.id)", "name": .string(call.name), "input": call.input,
                "caller": ["type": "direct"],
            ]
        }
    }

    private var messageStop: (reason: MockJSON, sequence: MockJSON) {
        switch stop {
        case .end: ("end_turn", .null)
        case .length: ("max_tokens", .null)
        case .sequence(let sequence): ("stop_sequence", .string(sequence))
        case .calls: ("tool_use", .null)
        case .refusal: ("refusal", .null)
        case .given(let reason): (.string(reason), .null)
        }
    }

    private var refusalDetails: MockJSON {
        ["type": "refusal", "category": "general_harms", "explanation": .string(text)]
    }

    /// What was cached is counted beside `input_tokens`, thinking within `output_tokens`.
    private func messageUsage(output: Int) -> MockJSON {
        [
            "input_tokens": .number(usage.uncached), "cache_creation_input_tokens": .number(usage.cacheWrite),
            "cache_read_input_tokens": .number(usage.cacheRead),
            "cache_creation": [
                "ephemeral_5m_input_tokens": .number(usage.cacheWrite), "ephemeral_1h_input_tokens": 0,
            ],
            "output_tokens": .number(output),
            "output_tokens_details": ["thinking_tokens": .number(min(output, usage.thinking))],
            "server_tool_use": .null, "service_tier": "standard", "inference_geo": "not_available",
        ]
    }

    /// The events of the streamed message.
    /// - Parameter failure: what a fault sends in place of an event.
    func messageEvents(failure: MockJSON) -> MockFrameList {
        let start = message(content: [], stop: .null, sequence: .null, usage: messageUsage(output: 1))
        var frames = [Self.event(.lifecycle, ["type": "message_start", "message": start])]
        var index = 0
        func block(_ opening: MockJSON, _ deltas: [(MockFrame.Kind, MockJSON)]) {
            let number = MockJSON.number(index)
            frames.append(
                Self.event(.lifecycle, ["type": "content_block_start", "index": number, "content_block": opening]))
            if index == 0 { frames.append(Self.event(.lifecycle, ["type": "ping"])) }
            for (kind, delta) in deltas {
                frames.append(Self.event(kind, ["type": "content_block_delta", "index": number, "delta": delta]))
            }
            frames.append(Self.event(.lifecycle, ["type": "content_block_stop", "index": number]))
            index += 1
        }
        if !thinking.isEmpty {
            let shown = showsThinking ? thinking : []
            block(
                ["type": "thinking", "thinking": "", "signature": ""],
                shown.map { (.token, ["type": "thinking_delta", "thinking": .string($0)]) }
                    + [(.token, ["type": "signature_delta", "signature": .string(signature)])])
        }
        if !tokens.isEmpty {
            block(
                ["type": "text", "text": ""],
                tokens.map { (.token, ["type": "text_delta", "text": .string($0)]) })
        }
        for call in calls {
            block(
                [
                    "type": "tool_use", "id": "toolu_01\(call.id)", "name": .string(call.name), "input": [:],
                    "caller": ["type": "direct"],
                ],
                // The first fragment is empty, and the only one of a function without arguments.
                ([""] + (call.input == [:] ? [] : call.fragments)).map {
                    (.token, ["type": "input_json_delta", "partial_json": .string($0)])
                })
        }
        frames.append(messageDelta)
        frames.append(Self.event(.terminal, ["type": "message_stop"]))
        return MockFrameList(
            frames: frames, error: MockFrame.event("error", failure),
            malformed: MockFrame.broken(event: "content_block_delta"),
            ping: MockFrame.event("ping", ["type": "ping"]))
    }

    private var messageDelta: MockFrame {
        Self.event(.terminal, [
            "type": "message_delta",
            "delta": [
                "stop_reason": messageStop.reason, "stop_sequence": messageStop.sequence,
                "stop_details": messageStop.reason == "refusal" ? refusalDetails : .null,
            ],
            "usage": [
                "input_tokens": .number(usage.uncached), "cache_creation_input_tokens": .number(usage.cacheWrite),
                "cache_read_input_tokens": .number(usage.cacheRead), "output_tokens": .number(usage.output),
                "output_tokens_details": ["thinking_tokens": .number(usage.thinking)], "server_tool_use": .null,
            ],
        ])
    }

    /// An event is named after its type.
    private static func event(_ kind: MockFrame.Kind, _ value: MockJSON) -> MockFrame {
        MockFrame(kind, event: value["type"]?.text, value)
    }
}
