package import NIOCore

/// Requests as they go over the wire, put together once or per request.
package enum HTTPRequestBytes {
    /// A POST of JSON over a connection that stays open.
    package static func post(
        _ body: String, path: String, to target: LoadTarget, headers: [(name: String, value: String)] = []
    ) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(256 + body.utf8.count)
        buffer.writeString("POST \(path) HTTP/1.1\r\nhost: \(target.host):\(target.port)\r\n")
        buffer.writeStaticString("content-type: application/json\r\n")
        for (name, value) in headers { buffer.writeString("\(name): \(value)\r\n") }
        buffer.writeString("content-length: \(body.utf8.count)\r\n\r\n")
        buffer.writeString(body)
        return buffer
    }

    /// A `GET` without a body.
    package static func get(_ path: String, from target: LoadTarget) -> ByteBuffer {
        ByteBuffer(string: "GET \(path) HTTP/1.1\r\nhost: \(target.host):\(target.port)\r\n\r\n")
    }
}
