internal import GatewayCore
internal import NIOCore

/// Reads the headers of one message of Amazon's event stream.
enum AmazonMessageReader {
    struct Message {
        let headers: ByteBuffer
        let payload: ByteBuffer
    }

    /// Nil for a message that is neither event nor error.
    static func event(of message: Message) throws(ProviderFailure) -> ServerSentEvent? {
        let headers = try texts(message.headers)
        switch headers[":message-type"] {
        case "event": return headers[":event-type"].map { ServerSentEvent(name: $0, data: message.payload) }
        case "exception": return ServerSentEvent(name: headers[":exception-type"] ?? "error", data: message.payload)
        case "error":
            var json = JSONWriter()
            json.object {
                $0.member("code", headers[":error-code"])
                $0.member("message", headers[":error-message"])
            }
            return ServerSentEvent(name: "error", data: json.bytes)
        default: return nil
        }
    }

    /// The headers that are texts. Those of other types are stepped over.
    private static func texts(_ bytes: ByteBuffer) throws(ProviderFailure) -> [String: String] {
        var rest = bytes
        var texts: [String: String] = [:]
        while rest.readableBytes > 0 {
            guard let nameLength = rest.readInteger(as: UInt8.self),
                let name = rest.readString(length: Int(nameLength)),
                let type = rest.readInteger(as: UInt8.self)
            else { throw malformed }
            switch type {
            case 6, 7:
                guard let length = rest.readInteger(as: UInt16.self), let value = rest.readSlice(length: Int(length))
                else { throw malformed }
                if type == 7 { texts[name] = String(buffer: value) }
            default:
                guard let length = length(ofType: type), rest.readSlice(length: length) != nil else { throw malformed }
            }
        }
        return texts
    }

    /// Of the types that always have as many bytes: true, false, numbers of 1, 2, 4 and 8 bytes, a time, a UUID.
    private static func length(ofType type: UInt8) -> Int? {
        switch type {
        case 0, 1: 0
        case 2: 1
        case 3: 2
        case 4: 4
        case 5, 8: 8
        case 9: 16
        default: nil
        }
    }

    private static var malformed: ProviderFailure {
        ProviderFailure(.malformedAnswer, message: "the headers of a message of the stream cannot be read")
    }
}
