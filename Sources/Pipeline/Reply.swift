package import GatewayCore
package import NIOCore
import ProviderAPIs

/// What goes back to the client.
package struct Reply: Sendable {
    package let status: Int
    package let body: Body
    /// To be finished when the body has been written.
    package let exchange: Exchange
    package let retryAfter: Duration?

    /// What is written behind the head, and how it comes.
    package enum Body: Sendable {
        case json(ByteBuffer)
        /// Server-sent events that are all there.
        case frames([ByteBuffer])
        /// Server-sent events that are still arriving.
        case stream(any ReplyStream)
    }

    init(status: Int, body: Body, exchange: Exchange) {
        self.status = status
        self.body = body
        self.exchange = exchange
        self.retryAfter = nil
        exchange.note { $0.status = status }
    }

    /// The same reply with another body.
    func saying(_ body: Body) -> Reply { Reply(status: status, body: body, exchange: exchange) }

    /// An error in the client's dialect.
    package init(refusing error: GatewayError, exchange: Exchange) {
        let dialect = ClientDialects.dialect(of: exchange.api)
        status = dialect.status(of: error)
        body = .json(dialect.body(of: error))
        self.exchange = exchange
        retryAfter = error.retryAfter
        exchange.failed(error)
        exchange.note { [status] in $0.status = status }
    }
}
