import NIOCore
import NIOHTTP1

/// The head of a response in the making, as its bytes (RFC 9112, sections 2.1 and 4).
struct ResponseHead {
    let status: Int
    /// Field lines, each with its line end.
    private(set) var fields: ByteBuffer

    init(status: Int) {
        self.status = status
        fields = ByteBufferAllocator().buffer(capacity: Self.usualBytes)
    }

    /// What the fields of an answer take.
    private static let usualBytes = 768

    /// - Parameter value: must be a valid field value: nothing here looks for line ends.
    mutating func add(_ name: StaticString, _ value: String) {
        fields.writeStaticString(name)
        fields.writeStaticString(": ")
        fields.writeString(value)
        fields.writeStaticString("\r\n")
    }

    mutating func add(_ name: String, _ value: String) {
        fields.writeString(name)
        fields.writeStaticString(": ")
        fields.writeString(value)
        fields.writeStaticString("\r\n")
    }

    /// Writes everything up to and with the empty line.
    func write(into output: inout ByteBuffer, framing: ResponseFraming, isLast: Bool, date: HTTPDate) {
        output.writeStaticString("HTTP/1.1 ")
        if status == 200 {
            output.writeStaticString("200 OK\r\n")
        } else {
            output.writeString("\(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
        }
        output.writeImmutableBuffer(fields)
        switch framing {
        case .length(let count):
            output.writeStaticString("content-length: ")
            output.writeString(String(count))
            output.writeStaticString("\r\n")
        case .chunked: output.writeStaticString("transfer-encoding: chunked\r\n")
        case .untilClose: break
        }
        if isLast { output.writeStaticString("connection: close\r\n") }
        output.writeImmutableBuffer(date.line)
        output.writeStaticString("\r\n")
    }
}

/// How a response's end is told (RFC 9112, section 6.3).
enum ResponseFraming: Equatable {
    case length(Int)
    case chunked
    /// For clients of HTTP/1.0, which do not know chunks.
    case untilClose
}
