import NIOCore

// MARK: - The answer

extension HTTPConnection {
    /// Begins a response, or writes the whole of it when its body is given.
    func write(_ head: ResponseHead, framing: ResponseFraming, body: ByteBuffer?) {
        output.date.refresh()
        output.begin()
        if framing == .untilClose { isLast = true }
        head.write(into: &output.bytes, framing: framing, isLast: isLast, date: output.date)
        guard let body else { return }
        if body.readableBytes <= ConnectionOutput.copiedBytes {
            output.bytes.writeImmutableBuffer(body)
        } else if let context {
            context.write(wrapOutboundOut(output.takeBytes()), promise: nil)
            context.write(wrapOutboundOut(body), promise: nil)
        }
    }

    /// Writes a piece of a body; in chunks it gets its frame (RFC 9112, section 7.1).
    func write(piece: ByteBuffer, framing: ResponseFraming) {
        output.begin()
        guard framing == .chunked else {
            output.bytes.writeImmutableBuffer(piece)
            return
        }
        output.bytes.writeString(String(piece.readableBytes, radix: 16))
        output.bytes.writeStaticString("\r\n")
        output.bytes.writeImmutableBuffer(piece)
        output.bytes.writeStaticString("\r\n")
    }

    func writeLastChunk() {
        output.begin()
        output.bytes.writeStaticString("0\r\n\r\n")
    }

    /// Asks for the body that its sender holds back (RFC 9110, section 10.1.1).
    func writeContinue() {
        output.begin()
        output.bytes.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
    }

    /// Hands what was written to the socket.
    func flush() {
        guard let context else { return }
        if output.bytes.readableBytes > 0 { context.write(wrapOutboundOut(output.takeBytes()), promise: nil) }
        context.flush()
    }

    /// Flushes when everything that is ready now has been written.
    func flushSoon() {
        guard !output.isFlushScheduled, let context else { return }
        output.isFlushScheduled = true
        context.eventLoop.assumeIsolated().execute {
            self.output.isFlushScheduled = false
            self.flush()
        }
    }
}
