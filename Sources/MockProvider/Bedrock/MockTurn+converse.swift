import NIOCore

extension MockTurn {
    /// The whole answer.
    var converseOutput: MockJSON {
        [
            "metrics": ["latencyMs": 1],
            "output": ["message": ["content": .array(converseBlocks), "role": "assistant"]],
            "stopReason": .string(converseStop), "usage": converseUsage,
        ]
    }

    /// What a guardrail answers in place of the model.
    var blockedConverseOutput: MockJSON {
        [
            "metrics": ["latencyMs": 1],
            "output": ["message": ["content": [["text": .string(Self.blockedText)]], "role": "assistant"]],
            "stopReason": "guardrail_intervened", "usage": Self.noUsage,
        ]
    }

    private static let blockedText = "Sorry, the model cannot answer this question."
    private static let noUsage: MockJSON = ["inputTokens": 0, "outputTokens": 0, "totalTokens": 0]

    private var converseBlocks: [MockJSON] {
        var blocks: [MockJSON] = []
        if !thinking.isEmpty {
            let text: MockJSON = ["text": .string(thought), "signature": .string(signature)]
            blocks.append(["reasoningContent": ["reasoningText": text]])
        }
        if !tokens.isEmpty { blocks.append(["text": .string(text)]) }
        return blocks + calls.map { call in
            ["toolUse": ["toolUseId": "tooluse_\(call.id)", "name": .string(call.name), "input": call.input]]
        }
    }

    private var converseStop: String {
        switch stop {
        case .end: "end_turn"
        case .length: "max_tokens"
        case .sequence: "stop_sequence"
        case .calls: "tool_use"
        case .refusal: "content_filtered"
        case .given(let reason): reason
        }
    }

    /// What was cached is beside `inputTokens` and within `totalTokens`.
    private var converseUsage: MockJSON {
        .members([
            "inputTokens": .number(usage.uncached), "outputTokens": .number(usage.output),
            "totalTokens": .number(usage.total), "cacheReadInputTokens": .number(usage.cacheRead),
            "cacheWriteInputTokens": .number(usage.cacheWrite),
            "cacheDetails": usage.cacheWrite == 0
                ? nil : [["ttl": "5m", "inputTokens": .number(usage.cacheWrite)]],
        ])
    }

    /// The messages of the stream. Only blocks of calls are opened; those of text and thoughts begin by their first
    /// delta.
    var converseEvents: MockFrameList {
        var frames = [Self.frame(.lifecycle, "messageStart", ["role": "assistant"])]
        var index = 0
        func block(_ opening: MockJSON?, _ deltas: [MockJSON]) {
            let number = MockJSON.number(index)
            if let opening {
                frames.append(
                    Self.frame(.lifecycle, "contentBlockStart", ["contentBlockIndex": number, "start": opening]))
            }
            for delta in deltas {
                frames.append(
                    Self.frame(.token, "contentBlockDelta", ["contentBlockIndex": number, "delta": delta]))
            }
            frames.append(Self.frame(.lifecycle, "contentBlockStop", ["contentBlockIndex": number]))
            index += 1
        }
        if !thinking.isEmpty {
            block(
                nil,
                thinking.map { ["reasoningContent": ["text": .string($0)]] }
                    + [["reasoningContent": ["signature": .string(signature)]]])
        }
        if !tokens.isEmpty { block(nil, tokens.map { ["text": .string($0)] }) }
        for call in calls {
            block(
                ["toolUse": ["toolUseId": "tooluse_\(call.id)", "name": .string(call.name)]],
                call.fragments.map { ["toolUse": ["input": .string($0)]] })
        }
        return Self.converse(frames, stop: converseStop, usage: converseUsage)
    }

    /// A guardrail's answer as a stream.
    var blockedConverseEvents: MockFrameList {
        let delta: MockJSON = ["contentBlockIndex": 0, "delta": ["text": .string(Self.blockedText)]]
        let frames = [
            Self.frame(.lifecycle, "messageStart", ["role": "assistant"]),
            Self.frame(.token, "contentBlockDelta", delta),
            Self.frame(.lifecycle, "contentBlockStop", ["contentBlockIndex": 0]),
        ]
        return Self.converse(frames, stop: "guardrail_intervened", usage: Self.noUsage)
    }

    private static func converse(_ frames: [MockFrame], stop: String, usage: MockJSON) -> MockFrameList {
        let failure = MockFailure.serverError.bedrock.message
        let broken = MockEventMessage(event: "contentBlockDelta", ["contentBlockIndex": 0])
        return MockFrameList(
            frames: frames + [
                frame(.terminal, "messageStop", ["stopReason": .string(stop)]),
                frame(.terminal, "metadata", ["metrics": ["latencyMs": 1], "usage": usage]),
            ],
            error: MockEventMessage(exception: "internalServerException", message: failure).bytes(),
            malformed: broken.bytes(isBroken: true), ping: MockEventMessage(event: "ping", [:]).bytes())
    }

    /// Each payload is padded by a member `p`, so that its size does not tell that of the token.
    private static func frame(_ kind: MockFrame.Kind, _ event: String, _ value: MockJSON) -> MockFrame {
        let alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        let length = Int(MockDigest(value.spacedText).value % UInt64(alphabet.count)) + 1
        let padding = MockJSON.Member(key: "p", value: .string(String(alphabet.prefix(length))))
        return MockFrame(kind, MockEventMessage(event: event, .object((value.members ?? []) + [padding])).bytes())
    }
}
