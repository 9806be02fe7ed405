import NIOCore
import NIOHTTP1

extension MockModelCall {
    /// Google's generateContent in its three forms, countTokens and embeddings.
    func gemini() throws(MockProviderError) -> MockReply {
        let json = try MockJSON(body: request.body)
        switch ticket.route {
        case .generateContent, .streamGenerateContent:
            let turn = turn(try MockGenerateRequest(json, model: model).prompt)
            let isBlocked = behavior.failure == .contentPolicy
            guard ticket.route == .streamGenerateContent else {
                return whole(isBlocked ? turn.blockedResponse : turn.candidateResponse)
            }
            return geminiStream(isBlocked ? [(.terminal, turn.blockedResponse)] : turn.candidateParts)
        case .countTokens:
            let inner = json.field("generateContentRequest") ?? json
            let count = try MockGenerateRequest(inner, model: model).prompt.promptTokens
            return whole([
                "totalTokens": .number(count),
                "promptTokensDetails": [["modality": "TEXT", "tokenCount": .number(count)]],
            ])
        case .embedContent: return whole(["embedding": try embedding(of: json)])
        case .batchEmbedContents:
            var embeddings: [MockJSON] = []
            for item in try json.array("requests") ?? [] { embeddings.append(try embedding(of: item)) }
            guard !embeddings.isEmpty else { throw MockJSON.missing("requests") }
            return whole(["embeddings": .array(embeddings)])
        default: return whole(try prediction(json))
        }
    }

    /// With `alt=sse` as events, whose lines Google ends by CRLF; without it as one JSON array.
    private func geminiStream(_ parts: [(MockFrame.Kind, MockJSON)]) -> MockReply {
        let failure = MockFailure.overloaded.gemini(model: model).geminiError(retryDelay: nil)
        if MockTarget.query("alt", in: request.head.uri) == "sse" {
            return stream(.list(MockFrameList(
                frames: parts.map { MockFrame($0.0, Self.event($0.1)) }, error: Self.event(failure),
                malformed: ByteBuffer(staticString: "data: {\"candidates\":[{\r\n\r\n"))))
        }
        var frames: [MockFrame] = []
        for (kind, part) in parts {
            frames.append(MockFrame(kind, Self.element(part, isFirst: frames.isEmpty)))
        }
        frames.append(MockFrame(.terminal, ByteBuffer(staticString: "]")))
        let failsFirst = behavior.errorFrame.map { $0 == 1 } ?? behavior.errorAfterLifecycle
        var error = Self.element(failure, isFirst: failsFirst)
        error.writeStaticString("]")
        let list = MockFrameList(
            frames: frames, error: error, malformed: ByteBuffer(staticString: ",\r\n{\"candidates\":[{"),
            ping: ByteBuffer(staticString: "\r\n"))
        return stream(.list(list), as: MockResponseHead.json)
    }

    private static func event(_ value: MockJSON) -> ByteBuffer {
        var buffer = ByteBuffer(staticString: "data: ")
        buffer.write(value)
        buffer.writeStaticString("\r\n\r\n")
        return buffer
    }

    private static func element(_ value: MockJSON, isFirst: Bool) -> ByteBuffer {
        var buffer = ByteBuffer(staticString: isFirst ? "[" : ",\r\n")
        buffer.write(value)
        return buffer
    }

    private func embedding(of item: MockJSON) throws(MockProviderError) -> MockJSON {
        let parts = item.field("content")?.field("parts")?.elements ?? []
        let text = parts.compactMap { $0["text"]?.text }.joined(separator: "\n")
        guard !text.isEmpty else {
            throw MockProviderError(.missingField, "* EmbedContentRequest.content: content is empty\n")
        }
        let nested = item.field("embedContentConfig")?.field("outputDimensionality")
        return ["values": values(of: text, dimension: (item.field("outputDimensionality") ?? nested)?.count)]
    }

    private func values(of text: String, dimension: Int?) -> MockJSON {
        let length = min(max(1, dimension ?? behavior.embeddingDimension), MockBehavior.dimensionLimit)
        return .array(MockEmbeddings.vector(of: text, dimension: length).map { .number("\($0)") })
    }

    /// Vertex' way to embeddings.
    private func prediction(_ json: MockJSON) throws(MockProviderError) -> MockJSON {
        let dimension = json.field("parameters")?.field("outputDimensionality")?.count
        var predictions: [MockJSON] = []
        for item in try json.array("instances") ?? [] {
            guard let text = item["content"]?.text, !text.isEmpty else { throw MockJSON.missing("instances.content") }
            predictions.append([
                "embeddings": [
                    "values": values(of: text, dimension: dimension),
                    "statistics": [
                        "truncated": false, "token_count": .number(MockPrompt.tokens(ofBytes: text.utf8.count)),
                    ],
                ],
            ])
        }
        guard !predictions.isEmpty else { throw MockJSON.missing("instances") }
        return ["predictions": .array(predictions)]
    }
}
