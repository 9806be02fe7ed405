import NIOCore

extension MockTurn {
    /// Whether this model signs every call and names it by an id, as Google's newer ones do.
    private var isSigning: Bool { model.contains("gemini-3") }

    /// The whole response.
    var candidateResponse: MockJSON {
        var parts: [MockJSON] = []
        if showsThinking, !thinking.isEmpty { parts.append(["text": .string(thought), "thought": true]) }
        if !tokens.isEmpty {
            parts.append(.members([
                "text": .string(text), "thoughtSignature": thinking.isEmpty ? nil : .string(signature),
            ]))
        }
        parts += calls.indices.map(callPart)
        return candidate(parts: isRefusal ? [] : parts, isLast: true, output: usage.output - usage.thinking)
    }

    /// A response that blames the prompt: it has no candidates.
    var blockedResponse: MockJSON {
        [
            "promptFeedback": ["blockReason": "PROHIBITED_CONTENT", "safetyRatings": Self.safetyRatings],
            "usageMetadata": ["promptTokenCount": .number(usage.prompt), "totalTokenCount": .number(usage.prompt)],
            "modelVersion": .string(model), "responseId": .string(id),
        ]
    }

    /// The partial responses of the stream, the last of which tells why it ended.
    var candidateParts: [(MockFrame.Kind, MockJSON)] {
        var parts: [(MockFrame.Kind, MockJSON)] = []
        if showsThinking {
            parts += thinking.map { (.token, candidate(parts: [["text": .string($0), "thought": true]], output: 0)) }
        }
        if isRefusal { return parts + [(.terminal, candidate(parts: [], isLast: true, output: 0))] }
        for (index, token) in tokens.enumerated() {
            parts.append((.token, candidate(parts: [["text": .string(token)]], output: index + 1)))
        }
        var output = 0
        for (index, call) in calls.enumerated() {
            output += call.fragments.count
            parts.append((.token, candidate(parts: [callPart(index)], output: output)))
        }
        // The reason comes behind the last call, and a signature of a text behind the text.
        let isSigned = calls.isEmpty && !thinking.isEmpty
        let closing = MockJSON.members([
            "text": "", "thoughtSignature": isSigned ? .string(signature) : nil,
        ])
        parts.append(
            (.terminal, candidate(parts: [closing], isLast: true, output: usage.output - usage.thinking)))
        return parts
    }

    private func callPart(_ index: Int) -> MockJSON {
        let isSigned = index == 0 && (isSigning || !thinking.isEmpty)
        return .members([
            "functionCall": .members([
                "id": isSigning ? .string("call_\(calls[index].id)") : nil, "name": .string(calls[index].name),
                "args": calls[index].input,
            ]),
            "thoughtSignature": isSigned ? .string(signature) : nil,
        ])
    }

    private func candidate(parts: [MockJSON], isLast: Bool = false, output: Int) -> MockJSON {
        .members([
            "candidates": [
                .members([
                    "content": parts.isEmpty ? nil : ["parts": .array(parts), "role": "model"],
                    "finishReason": isLast ? .string(candidateFinish) : nil, "index": 0,
                    "finishMessage": isLast && isRefusal ? .string(text) : nil,
                    "safetyRatings": isLast && isRefusal ? Self.safetyRatings : nil,
                ]),
            ],
            "usageMetadata": usageMetadata(output: output), "modelVersion": .string(model), "responseId": .string(id),
        ])
    }

    private var candidateFinish: String {
        switch stop {
        case .end, .sequence, .calls: "STOP"
        case .length: "MAX_TOKENS"
        case .refusal: "SAFETY"
        case .given(let reason): reason
        }
    }

    private static let safetyRatings: MockJSON = [
        ["category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": true],
    ]

    /// What was cached is part of the prompt, thoughts are beside the candidates; what is zero is left out.
    private func usageMetadata(output: Int) -> MockJSON {
        func modality(_ count: Int) -> MockJSON { [["modality": "TEXT", "tokenCount": .number(count)]] }
        return .members([
            "promptTokenCount": .number(usage.prompt), "candidatesTokenCount": output == 0 ? nil : .number(output),
            "totalTokenCount": .number(usage.prompt + output + usage.thinking),
            "cachedContentTokenCount": usage.cacheRead == 0 ? nil : .number(usage.cacheRead),
            "promptTokensDetails": modality(usage.prompt),
            "cacheTokensDetails": usage.cacheRead == 0 ? nil : modality(usage.cacheRead),
            "candidatesTokensDetails": output == 0 ? nil : modality(output),
            "thoughtsTokenCount": usage.thinking == 0 ? nil : .number(usage.thinking),
        ])
    }
}
