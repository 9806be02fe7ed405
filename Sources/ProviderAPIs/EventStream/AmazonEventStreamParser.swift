package import NIOCore

/// Cuts an `application/vnd.amazon.eventstream` body into events as its bytes arrive.
///
/// A message is: its length and that of its headers, 4 bytes each, the CRC-32 of both, the headers, the payload, and
/// the CRC-32 of all in front of it; numbers begin with their highest byte. An event has the name of its
/// `:event-type`, or of its `:exception-type`. An error without a modelled type is named `error`, with its code and
/// message as JSON.
package struct AmazonEventStreamParser: EventParser {
    private let limit: Int
    private var pending = ByteBuffer()
    private var failure: ProviderFailure?

    /// Two lengths and two checksums.
    private static let leastLength = 16
    private static let preludeLength = 12

    /// - Parameter limit: bytes of one message; a larger one is a failure.
    package init(limit: Int = 4 << 20) { self.limit = limit }

    /// Takes the next piece of the body and returns the events it completes.
    /// - Throws: ``ProviderFailure`` of kind `malformedAnswer` once a message is over the limit or damaged. Events in
    ///   front of it are returned first; every later call throws.
    package mutating func append(_ bytes: ByteBuffer) throws(ProviderFailure) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        if failure == nil {
            if pending.readableBytes == 0 { pending = bytes } else { pending.writeImmutableBuffer(bytes) }
            scan(into: &events)
        }
        if let failure, events.isEmpty { throw failure }
        return events
    }

    /// A message that the end of the body cut off is none.
    package mutating func finish() -> ServerSentEvent? { nil }

    private mutating func scan(into events: inout [ServerSentEvent]) {
        do {
            while let message = try next() {
                if let event = try AmazonMessageReader.event(of: message) { events.append(event) }
            }
        } catch {
            failure = error
            pending = ByteBuffer()
        }
    }

    /// Headers and payload of the next whole message.
    private mutating func next() throws(ProviderFailure) -> AmazonMessageReader.Message? {
        guard
            let length = pending.getInteger(at: pending.readerIndex, as: UInt32.self),
            let headersLength = pending.getInteger(at: pending.readerIndex + 4, as: UInt32.self),
            let checksum = pending.getInteger(at: pending.readerIndex + 8, as: UInt32.self)
        else { return nil }
        let total = Int(length)
        // Checked before anything waits for that many bytes.
        guard checksum == Self.checksum(of: pending, count: 8) else { throw Self.damaged("its lengths") }
        guard total >= Self.leastLength, total <= limit, Int(headersLength) <= total - Self.leastLength else {
            throw ProviderFailure(
                .malformedAnswer, message: "a message of the stream has \(total) bytes, the limit is \(limit)")
        }
        guard pending.readableBytes >= total, let message = pending.readSlice(length: total) else { return nil }
        let end = message.getInteger(at: message.readerIndex + total - 4, as: UInt32.self)
        guard end == Self.checksum(of: message, count: total - 4) else { throw Self.damaged("its bytes") }
        var rest = message
        rest.moveReaderIndex(forwardBy: Self.preludeLength)
        let headers = rest.readSlice(length: Int(headersLength)) ?? ByteBuffer()
        let payload = rest.readSlice(length: total - Self.leastLength - Int(headersLength)) ?? ByteBuffer()
        return .init(headers: headers, payload: payload)
    }

    private static func checksum(of buffer: ByteBuffer, count: Int) -> UInt32 {
        var checksum = CRC32()
        checksum.update(buffer.readableBytesUInt8Span, from: 0, to: count)
        return checksum.value
    }

    private static func damaged(_ what: String) -> ProviderFailure {
        ProviderFailure(
            .malformedAnswer, message: "a message of the stream is damaged: the checksum of \(what) is wrong")
    }
}
