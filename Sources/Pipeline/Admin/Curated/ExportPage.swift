package import NIOCore

/// Some of the curated answers of a model.
package struct ExportPage: Sendable {
    /// Whether they are rows of a table; else lines of JSON.
    package let isTable: Bool
    package var body: ByteBuffer
    /// The cursor of the next page; nil behind the last.
    package var next: String?
}
