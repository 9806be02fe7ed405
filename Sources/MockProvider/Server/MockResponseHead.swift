import NIOCore

/// Status line and headers of an answer, written by hand: no header table is built or encoded.
struct MockResponseHead: Sendable, Equatable {
    /// How a client learns where the body ends.
    enum Framing: Sendable, Equatable {
        case length(Int)
        case chunked
        /// By the end of the connection, for HTTP/1.0 clients of a stream.
        case untilClose
    }

    static let json = "application/json"
    static let amazonEventStream = "application/vnd.amazon.eventstream"
    static let eventStream = "text/event-stream; charset=utf-8"

    var status = 200
    var contentType = MockResponseHead.json
    var extra: [String: String] = [:]
    /// Name and value of the header that names the request.
    var identification: String?

    func write(into buffer: inout ByteBuffer, framing: Framing, keepsAlive: Bool) {
        if status == 200 {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\ncontent-type: ")
        } else {
            buffer.writeString("HTTP/1.1 \(status) \(Self.reason(status))\r\ncontent-type: ")
        }
        buffer.writeString(contentType)
        switch framing {
        case .length(let length):
            buffer.writeStaticString("\r\ncontent-length: ")
            buffer.writeString(String(length))
        case .chunked:
            buffer.writeStaticString("\r\ncache-control: no-cache\r\ntransfer-encoding: chunked")
        case .untilClose:
            buffer.writeStaticString("\r\ncache-control: no-cache")
        }
        if let identification {
            buffer.writeStaticString("\r\n")
            buffer.writeString(identification)
        }
        for (name, value) in extra {
            buffer.writeString("\r\n\(name): \(value)")
        }
        // Said both ways: an HTTP/1.0 client keeps the connection only if told so.
        buffer.writeStaticString(keepsAlive ? "\r\nconnection: keep-alive\r\n\r\n" : "\r\nconnection: close\r\n\r\n")
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: status < 500 ? "Client Error" : "Server Error"
        }
    }
}
