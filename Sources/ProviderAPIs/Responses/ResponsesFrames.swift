internal import GatewayCore
internal import NIOCore

/// Numbers the events of a stream and writes their frames.
struct ResponsesFrames {
    var output = ByteBuffer()
    private var number = 0

    mutating func write(_ type: String, _ members: (inout JSONWriter) -> Void) {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("type", type)
            json.member("sequence_number", number)
            members(&json)
        }
        number += 1
        output.writeStaticString("event: ")
        output.writeString(type)
        output.writeStaticString("\ndata: ")
        output.writeFlattened(json.bytes)
        output.writeStaticString("\n\n")
    }
}
