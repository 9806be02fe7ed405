package import NIOCore

/// One reply of the server, with its own copy of the bytes.
package enum RedisReply: Sendable, Equatable {
    case null
    case integer(Int64)
    /// A short line such as `OK`.
    case status(String)
    case bulk(ByteBuffer)
    case error(RedisServerError)
    case array([RedisReply])
}

extension RedisReply {
    package var isNull: Bool { self == .null }

    /// The text of a bulk or status reply; bytes that are not UTF-8 are repaired. Nil for other replies.
    package var string: String? {
        switch self {
        case .status(let text): text
        case .bulk(let buffer): String(buffer: buffer)
        default: nil
        }
    }

    /// The number of an integer reply, or of a bulk reply that is a decimal number. Nil for other replies.
    package var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .bulk(let buffer): Int64(String(buffer: buffer))
        default: nil
        }
    }

    /// The bytes of a bulk reply. Nil for other replies.
    package var bytes: ByteBuffer? {
        if case .bulk(let buffer) = self { buffer } else { nil }
    }

    /// The elements of an array reply. Nil for other replies.
    package var array: [RedisReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The server's error, if this is one.
    package var error: RedisServerError? {
        if case .error(let error) = self { error } else { nil }
    }

    /// The reply itself; throws `.server` if it is an error. For elements of a pipeline's replies.
    package func checked() throws(RedisError) -> RedisReply {
        if case .error(let error) = self { throw RedisError.server(error) }
        return self
    }

    /// The number of an integer reply; throws `.server` for an error, `.unexpectedReply` for anything else.
    package func expectInteger() throws(RedisError) -> Int64 {
        if let value = try checked().integer { return value }
        throw unexpected("an integer")
    }

    /// The elements of an array reply; throws `.server` for an error, `.unexpectedReply` for anything else.
    package func expectArray() throws(RedisError) -> [RedisReply] {
        if case .array(let elements) = try checked() { return elements }
        throw unexpected("an array")
    }

    /// The bytes of a bulk reply, nil for null; throws `.server` for an error, `.unexpectedReply` for anything else.
    package func expectBytes() throws(RedisError) -> ByteBuffer? {
        switch try checked() {
        case .bulk(let buffer): return buffer
        case .null: return nil
        default: throw unexpected("a bulk string")
        }
    }

    private func unexpected(_ wanted: String) -> RedisError {
        // Names the kind only: a reply may hold a prompt.
        let found =
            switch self {
            case .null: "null"
            case .integer: "an integer"
            case .status: "a status"
            case .bulk: "a bulk string"
            case .error: "an error"
            case .array(let elements): "an array of \(elements.count)"
            }
        return RedisError(.unexpectedReply, "expected \(wanted), found \(found)", mayHaveExecuted: true)
    }
}
