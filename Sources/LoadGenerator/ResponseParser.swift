import NIOCore

/// Reads one HTTP/1.1 answer after the other: the status, where the body ends, one header worth checking, nothing else.
/// It takes bytes in pieces of any size and copies none of the body.
struct ResponseParser {
    /// What the bytes have come to.
    enum Step: Equatable {
        case needsMore
        /// The answer is whole; bytes after it are left in the buffer.
        case end
    }

    private enum State: Equatable {
        case head
        case fixed(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
    }

    static let headBytesLimit = 64 * 1024

    private(set) var head = ResponseHead()
    /// Of the current answer, chunk framing not counted.
    private(set) var bodyBytes = 0
    private var state = State.head
    /// Name of the header to keep, in lower case; nil keeps none.
    private let watched: [UInt8]?

    init(watching name: String? = nil) {
        watched = name.map { Array($0.utf8) }
    }

    /// Takes what it can use from `buffer`.
    mutating func read(_ buffer: inout ByteBuffer) throws(LoadError) -> Step {
        while true {
            switch state {
            case .head:
                guard try readHead(&buffer) else { return .needsMore }
                if state == .fixed(remaining: 0) { return finish() }
            case .fixed(let remaining):
                let taken = take(remaining, from: &buffer)
                state = .fixed(remaining: remaining - taken)
                return taken == remaining ? finish() : .needsMore
            case .chunkSize:
                guard let line = try readLine(&buffer) else { return .needsMore }
                let size = try Self.size(line)
                state = size == 0 ? .trailer : .chunk(remaining: size)
            case .chunk(let remaining):
                let taken = take(remaining, from: &buffer)
                state = taken == remaining ? .chunkEnd : .chunk(remaining: remaining - taken)
                if taken < remaining { return .needsMore }
            case .chunkEnd:
                guard let line = try readLine(&buffer) else { return .needsMore }
                guard line.isEmpty else { throw LoadError(.malformedResponse, "a chunk is longer than its size") }
                state = .chunkSize
            case .trailer:
                guard let line = try readLine(&buffer) else { return .needsMore }
                if line.isEmpty { return finish() }
            }
        }
    }

    private mutating func finish() -> Step {
        state = .head
        return .end
    }

    private mutating func take(_ wanted: Int, from buffer: inout ByteBuffer) -> Int {
        let taken = min(wanted, buffer.readableBytes)
        buffer.moveReaderIndex(forwardBy: taken)
        bodyBytes += taken
        return taken
    }

    /// - Returns: whether the head is whole.
    private mutating func readHead(_ buffer: inout ByteBuffer) throws(LoadError) -> Bool {
        let bytes = buffer.readableBytesView
        guard let end = Self.headEnd(bytes) else {
            guard bytes.count <= Self.headBytesLimit else {
                throw LoadError(.malformedResponse, "no end of the head within \(Self.headBytesLimit) bytes")
            }
            return false
        }
        head = try ResponseHead(bytes[bytes.startIndex..<end], watching: watched)
        bodyBytes = 0
        buffer.moveReaderIndex(forwardBy: end - bytes.startIndex)
        state = head.isChunked ? .chunkSize : .fixed(remaining: head.contentLength)
        return true
    }

    /// Behind the empty line that ends the head; nil when it has not come yet.
    private static func headEnd(_ bytes: ByteBufferView) -> Int? {
        var from = bytes.startIndex
        while let newline = bytes[from...].firstIndex(of: UInt8(ascii: "\n")) {
            let isEmptyLine = newline - bytes.startIndex >= 3
                && bytes[newline - 1] == UInt8(ascii: "\r") && bytes[newline - 2] == UInt8(ascii: "\n")
            if isEmptyLine { return newline + 1 }
            from = newline + 1
        }
        return nil
    }

    /// A line without its end; nil when it is not whole yet.
    private func readLine(_ buffer: inout ByteBuffer) throws(LoadError) -> ByteBufferView? {
        let bytes = buffer.readableBytesView
        guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            guard bytes.count < 1024 else { throw LoadError(.malformedResponse, "a chunk's size line has no end") }
            return nil
        }
        guard newline > bytes.startIndex, bytes[newline - 1] == UInt8(ascii: "\r") else {
            throw LoadError(.malformedResponse, "a line of the chunked body ends without a carriage return")
        }
        buffer.moveReaderIndex(forwardBy: newline + 1 - bytes.startIndex)
        return bytes[bytes.startIndex..<newline - 1]
    }

    /// The hexadecimal size of a chunk; extensions behind a semicolon are left out (RFC 9112, section 7.1).
    private static func size(_ line: ByteBufferView) throws(LoadError) -> Int {
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.count <= 12, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
            size >= 0
        else {
            let found = String(decoding: line.prefix(32), as: UTF8.self)
            throw LoadError(.malformedResponse, "'\(found)' is no chunk size")
        }
        return size
    }
}
