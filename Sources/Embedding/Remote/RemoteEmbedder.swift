import Crypto
package import GatewayCore
import NIOCore

/// Embeds texts with any service that speaks OpenAI's `/v1/embeddings`.
///
/// Asks for base64, which is a third of the bytes and needs no number parsing; services that ignore the wish and answer
/// arrays are understood too. Vectors are scaled to norm 1 here, whatever the service does.
package struct RemoteEmbedder: Embedder {
    package let identity: EncoderIdentity
    private let remote: EmbeddingConfiguration.Remote
    private let transport: any EmbeddingTransport
    private let url: String

    package init(_ remote: EmbeddingConfiguration.Remote, transport: any EmbeddingTransport) {
        self.remote = remote
        self.transport = transport
        var base = remote.baseURL[...]
        while base.last == "/" { base.removeLast() }
        self.url = base + "/embeddings"
        let revision = remote.revision.map { "\n\($0)" } ?? ""
        let digest = SHA256.hash(data: Array("\(base)\n\(remote.model)\(revision)".utf8))
        self.identity = EncoderIdentity(
            name: remote.model, fingerprint: Hexadecimal.encode(Array(digest.prefix(8))), dimension: remote.dimension)
    }

    package func embed(_ text: String, into promise: EmbeddingPromise) {
        let task = Task {
            do throws(EmbeddingError) {
                guard let vector = try await embed([text]).first else {
                    throw EmbeddingError(.remoteInvalid, "the embedding service answered no vector")
                }
                promise.settle(.success(vector))
            } catch {
                promise.settle(.failure(error))
            }
        }
        // When nobody waits any more the request is taken back; when it was answered there is nothing to cancel.
        promise.whenSettled { _ in task.cancel() }
    }

    /// The vectors of several texts by one request, in their order. The service limits how many it takes.
    package func embed(_ texts: [String]) async throws(EmbeddingError) -> [EmbeddingVector] {
        guard !texts.isEmpty else { return [] }
        var headers = [(name: "content-type", value: "application/json"), (name: "accept", value: "application/json")]
        if let key = remote.apiKey { headers.append((name: "authorization", value: "Bearer \(key.exposed)")) }
        let (status, body) = try await transport.post(requestBody(texts), to: url, headers: headers)
        guard status == 200 else { throw Self.refusal(status, body) }
        return try RemoteAnswer(body, count: texts.count, dimension: remote.dimension).vectors
    }

    private func requestBody(_ texts: [String]) -> ByteBuffer {
        var body = ByteBuffer()
        body.writeString("{\"model\":")
        body.writeJSONString(remote.model)
        body.writeString(",\"input\":[")
        for (index, text) in texts.enumerated() {
            if index > 0 { body.writeString(",") }
            body.writeJSONString(text)
        }
        body.writeString("],\"encoding_format\":\"base64\"}")
        return body
    }

    private static func refusal(_ status: Int, _ body: ByteBuffer) -> EmbeddingError {
        // The service's own words, cut short: they go to a log.
        let text = String(buffer: body.getSlice(at: body.readerIndex, length: min(body.readableBytes, 200)) ?? body)
        let message = "the embedding service answered status \(status): \(text)"
        switch status {
        case 408, 504: return EmbeddingError(.timeout, message)
        case 429, 500...: return EmbeddingError(.remoteFailed, message)
        default: return EmbeddingError(.remoteRefused, message)
        }
    }
}
