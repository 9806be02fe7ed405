import GatewayCore
import NIOCore
import NIOHTTP1

/// What stands behind the connections: decides on each request and answers it.
protocol HTTPResponder: Sendable {
    /// Looks at a head before its body is read, so that nobody's body is kept without need.
    /// - Returns: the most bytes the body may have; what the request is to be refused with otherwise.
    func admit(_ head: HTTPRequestHead) -> Admission

    /// The refusal of a body that is longer than it may be.
    var bodyTooLarge: GatewayError { get }

    /// Answers one whole request. Runs on the connection's event loop and must end what it begins on `writer`.
    func respond(to request: HTTPRequest, over writer: ResponseWriter) async
}

/// What becomes of a request of which only the head is known.
enum Admission: Sendable {
    case read(bodyLimit: Int)
    case refuse(GatewayError)
}

/// One request as it came.
struct HTTPRequest: Sendable {
    let head: HTTPRequestHead
    var body = ByteBuffer()
    /// Settled before the body came; the body was dropped.
    var refusal: GatewayError?

    init(head: HTTPRequestHead) {
        self.head = head
    }
}
