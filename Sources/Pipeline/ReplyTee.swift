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
    private let broke: @Sendable (DeploymentID) -> Void
    private let unwatch: @Sendable () -> Void
    private var isOver = false

    /// Ends the provider's call when the client goes away, even while nothing comes from the provider.
    /// - Parameter broke: told whose stream broke, so that later requests try others first.
    init(
        stream: UpstreamStream, keep: KeepAnswer, exchange: Exchange, broke: @escaping @Sendable (DeploymentID) -> Void
    ) {
        self.broke = broke
        self.stream = stream
        self.keep = keep
        self.exchange = exchange
        self.unwatch = exchange.client.whenGone {
            exchange.clientLeft()
            stream.cancel()
        }
    }

    deinit { unwatch() }

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
            case .end(let ending):
                isOver = true
                switch ending {
                case .whole(let answer): exchange.answered(answer, write: await keep(answer))
                case .tooLarge: exchange.note { $0.write = .tooLarge }
                case .unproven: exchange.note { $0.write = .notFinished }
                }
                return OpenAIChat.doneFrame
            }
        } catch let failure {
            isOver = true
            exchange.note { $0.write = .notFinished }
            if exchange.record.isClientGone { return nil }
            let error = GatewayError(.streamTruncated, "the provider's stream broke off before its end")
            exchange.failed(error)
            if let deployment = exchange.streamBroke(label: failure.label) { broke(deployment) }
            return OpenAIErrorBody.frame(error)
        }
    }
}
