import NIOConcurrencyHelpers
import NIOCore

@testable import Embedding

/// Answers every request with what it was given, and keeps the last request.
final class FakeTransport: EmbeddingTransport {
    struct Request: Sendable {
        var url: String
        var headers: [String: String]
        var body: String
    }

    private let status: Int
    private let answer: String
    private let last = NIOLockedValueBox<Request?>(nil)

    init(status: Int = 200, answer: String) {
        self.status = status
        self.answer = answer
    }

    var request: Request? { last.withLockedValue { $0 } }

    func post(
        _ body: ByteBuffer, to url: String, headers: [(name: String, value: String)]
    ) async throws(EmbeddingError) -> (status: Int, body: ByteBuffer) {
        let fields = Dictionary(headers.map { ($0.name, $0.value) }) { $1 }
        last.withLockedValue { $0 = Request(url: url, headers: fields, body: String(buffer: body)) }
        return (status, ByteBuffer(string: answer))
    }
}
