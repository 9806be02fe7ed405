package import NIOCore

/// Cuts the body of a stream into events as its bytes arrive.
package protocol EventParser: Sendable {
    /// Takes the next piece of the body and returns the events it completes.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` for what is no such body, after the events before it.
    mutating func append(_ bytes: ByteBuffer) throws(ProviderFailure) -> [ServerSentEvent]

    /// The event that the end of the body cut off in front of its own end, where the framing allows that.
    mutating func finish() throws(ProviderFailure) -> ServerSentEvent?
}

/// Cuts a `text/event-stream` body into events as its bytes arrive (WHATWG HTML, section 9.2.6).
///
/// Each byte is looked at once: what is left of an unfinished line is kept, never scanned again. Wherever the body
/// is cut into pieces, the events are the same.
package struct EventStreamParser: EventParser {
    /// The most bytes one event may have, an unfinished line included.
    private let limit: Int
    /// The line that has no end yet.
    private var line = ByteBuffer()
    /// The data of the event that has no end yet; nil before its first `data` line.
    private var data: ByteBuffer?
    private var name: String?
    /// The last piece ended in a carriage return: a line feed in front of the next one belongs to it.
    private var skipsLineFeed = false
    private var isFirstLine = true
    private var failure: ProviderFailure?

    /// - Parameter limit: in bytes; a larger event is a failure.
    package init(limit: Int = 4 << 20) {
        self.limit = limit
    }

    /// Takes the next piece of the body and returns the events it completes.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` once an event is over the limit. Events in front of
    ///   it are returned first; every later call throws.
    package mutating func append(_ bytes: ByteBuffer) throws(ProviderFailure) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        if failure == nil { scan(bytes, into: &events) }
        if let failure, events.isEmpty { throw failure }
        return events
    }

    /// The event that the end of the body cut off in front of its blank line, if it has data.
    package mutating func finish() -> ServerSentEvent? {
        guard failure == nil else { return nil }
        if line.readableBytes > 0 { _ = takeLine(ByteBuffer()) }
        return failure == nil ? takeEvent() : nil
    }

    private mutating func scan(_ bytes: ByteBuffer, into events: inout [ServerSentEvent]) {
        let text = bytes.readableBytesUInt8Span
        var start = 0
        var position = 0
        if skipsLineFeed, text.count > 0 {
            skipsLineFeed = false
            if text[0] == UInt8(ascii: "\n") {
                start = 1
                position = 1
            }
        }
        while position < text.count {
            let byte = text[position]
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                position += 1
                continue
            }
            if let event = takeLine(Self.slice(bytes, start..<position)) { events.append(event) }
            guard failure == nil else { return }
            position += 1
            if byte == UInt8(ascii: "\r") {
                if position == text.count {
                    skipsLineFeed = true
                } else if text[position] == UInt8(ascii: "\n") {
                    position += 1
                }
            }
            start = position
        }
        line.writeImmutableBuffer(Self.slice(bytes, start..<text.count))
        checkSize(line.readableBytes)
    }

    /// Takes the end of a line and returns the event that the line completes.
    private mutating func takeLine(_ end: ByteBuffer) -> ServerSentEvent? {
        var whole = end
        if line.readableBytes > 0 {
            line.writeImmutableBuffer(end)
            whole = line
            line = ByteBuffer()
        }
        checkSize(whole.readableBytes)
        guard failure == nil else { return nil }
        if isFirstLine {
            isFirstLine = false
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            if whole.readableBytesView.starts(with: mark) { whole.moveReaderIndex(forwardBy: mark.count) }
        }
        if whole.readableBytes == 0 { return takeEvent() }
        takeField(whole)
        return nil
    }

    private mutating func takeField(_ line: ByteBuffer) {
        var value = line
        let bytes = line.readableBytesView
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        value.moveReaderIndex(to: colon)
        if value.readableBytes > 0 { value.moveReaderIndex(forwardBy: 1) }
        if value.readableBytesView.first == UInt8(ascii: " ") { value.moveReaderIndex(forwardBy: 1) }
        let field = bytes[bytes.startIndex..<colon]
        if field.elementsEqual("data".utf8) {
            guard var joined = data else { return data = value }
            // Nil while it grows, so that the bytes are not shared and need not be copied.
            data = nil
            joined.writeStaticString("\n")
            joined.writeImmutableBuffer(value)
            data = joined
        } else if field.elementsEqual("event".utf8) {
            name = value.readableBytes == 0 ? nil : String(buffer: value)
        }
        // Comments, `id`, `retry` and fields nobody knows say nothing to a gateway.
    }

    /// Ends the event at hand; nil when it has no data.
    private mutating func takeEvent() -> ServerSentEvent? {
        defer {
            data = nil
            name = nil
        }
        return data.map { ServerSentEvent(name: name, data: $0) }
    }

    private mutating func checkSize(_ lineSize: Int) {
        guard lineSize + (data?.readableBytes ?? 0) > limit else { return }
        failure = ProviderFailure(.malformedAnswer, message: "an event of the stream is larger than \(limit) bytes")
        line = ByteBuffer()
        data = nil
    }

    private static func slice(_ bytes: ByteBuffer, _ range: Range<Int>) -> ByteBuffer {
        bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
