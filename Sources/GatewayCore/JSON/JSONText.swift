package import NIOCore

/// A JSON value kept as its text, for what a translation only hands on. Equal when the spelling is.
package struct JSONText: Sendable, Equatable, CustomStringConvertible {
    package let bytes: ByteBuffer

    /// Copies: what it is a part of may go.
    package init(_ element: JSONElement) {
        var copy = ByteBuffer()
        copy.writeImmutableBuffer(element.rawText)
        bytes = copy
    }

    /// - Parameter valid: JSON, by whoever wrote it.
    package init(valid: ByteBuffer) { bytes = valid }

    package init(valid: StaticString) { bytes = ByteBuffer(staticString: valid) }

    /// Nil when `text` is no JSON.
    package init?(checking text: String) {
        guard let document = try? JSONDocument(text) else { return nil }
        self.init(document.root)
    }

    package static let emptyObject = JSONText(valid: "{}")

    /// The value itself, read again.
    package var element: JSONElement? { try? JSONDocument(bytes).root }

    package var description: String { String(buffer: bytes) }
}
