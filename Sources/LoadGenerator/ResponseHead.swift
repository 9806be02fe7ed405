import NIOCore

/// What the generator needs of an answer's head.
struct ResponseHead: Equatable {
    var status = 0
    var contentLength = 0
    var isChunked = false
    /// Whether the server closes the connection behind this answer.
    var closes = false
    /// The value of the watched header.
    var watched: String?

    init() {}

    /// - Parameter bytes: the head with the empty line that ends it.
    init(_ bytes: ByteBufferView, watching name: [UInt8]?) throws(LoadError) {
        var lines = bytes.split(separator: UInt8(ascii: "\n")).makeIterator()
        guard let first = lines.next(), first.count >= 12, first.starts(with: "HTTP/1.1 ".utf8) else {
            throw LoadError(.malformedResponse, "expected a status line of HTTP/1.1")
        }
        let digits = first.dropFirst(9).prefix(3)
        guard let status = Int(String(decoding: digits, as: UTF8.self)), (100...599).contains(status) else {
            throw LoadError(.malformedResponse, "'\(String(decoding: digits, as: UTF8.self))' is no status")
        }
        self.status = status
        var length: Int?
        while let line = lines.next() {
            if let value = Self.value(of: Self.lengthName, in: line) {
                guard let number = Int(value), number >= 0 else {
                    throw LoadError(.malformedResponse, "'\(value)' is no content-length")
                }
                length = number
            } else if let value = Self.value(of: Self.encodingName, in: line) {
                isChunked = value.lowercased() == "chunked"
            } else if let value = Self.value(of: Self.connectionName, in: line) {
                closes = value.lowercased() == "close"
            } else if let name, let value = Self.value(of: name, in: line) {
                watched = value
            }
        }
        let hasNoBody = status == 204 || status == 304
        guard length != nil || isChunked || hasNoBody else {
            throw LoadError(.malformedResponse, "neither a length nor chunks: the body ends with the connection")
        }
        contentLength = hasNoBody ? 0 : length ?? 0
    }

    private static let lengthName = Array("content-length".utf8)
    private static let encodingName = Array("transfer-encoding".utf8)
    private static let connectionName = Array("connection".utf8)

    /// The value if the line is the field `name`, which is in lower case.
    private static func value(of name: [UInt8], in line: ByteBufferView) -> String? {
        guard line.count > name.count, line[line.startIndex + name.count] == UInt8(ascii: ":") else { return nil }
        for (offset, byte) in name.enumerated() {
            let found = line[line.startIndex + offset]
            // Letters only differ by this bit; in the other bytes of a name it is set already.
            guard found | 0x20 == byte else { return nil }
        }
        let value = line.dropFirst(name.count + 1)
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        let trimmed = value.drop(while: isBlank)
        let end = trimmed.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? trimmed.startIndex
        return String(decoding: trimmed[trimmed.startIndex..<end], as: UTF8.self)
    }
}
