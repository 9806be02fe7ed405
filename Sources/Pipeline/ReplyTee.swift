import GatewayCore
package import NIOCore
import ProviderAPIs
import Upstream

/// One provider stream for two readers: the client gets every frame as it comes, the cache gets the whole when it is
/// complete.
///
/// Safe because one task reads it, the one that writes the reply.
package final class ReplyTee: @unchecked Sendable {
    private let stream: UpstreamStream
    private let keep: KeepAnswer
    private let exchange: Exchange
    private var isOver = false

    init(stream: UpstreamStream, keep: KeepAnswer, exchange: Exchange) {
        self.stream = stream
        self.keep = keep
        self.exchange = exchange
    }

    /// The next bytes for the client; nil at the end.
    ///
    /// A stream that breaks ends with an error in the client's dialect and without the terminal event, so that a
    /// truncated answer never looks whole.
    package func next() async -> ByteBuffer? {
        if isOver { return nil }
        do throws(ProviderFailure) {
            switch try await stream.next() {
            case .frame(let frame):
                return frame
            case .end(let answer):
                isOver = true
                if let answer {
                    exchange.answered(answer, write: await keep(answer))
                } else {
                    exchange.note { $0.write = .tooLarge }
                }
                return ByteBuffer(string: "data: [DONE]\n\n")
            }
        } catch {
            isOver = true
            let error = GatewayError(.streamTruncated, "the provider's stream broke off before its end")
            exchange.failed(error)
            exchange.note { $0.write = .notFinished }
            return OpenAIErrorBody.frame(error)
        }
    }
}
