import NIOCore

extension JSONElement {
    /// Lends the UTF-8 bytes of a string. Copies only a text with escapes; nil when this is not a string.
    package func withText<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
        guard kind == .string else { return nil }
        if node.hasEscapes { return body(decodedBytes.span) }
        let buffer = document.text
        return body(buffer.readableBytesUInt8Span.extracting(range.lowerBound + 1..<range.upperBound - 1))
    }
}
