package import NIOCore

/// A JSON text that was checked once, with a tape that says where each value stands.
///
/// Nothing is copied or converted until it is asked for, so a gateway can read the few fields it routes by and
/// pass the rest on untouched.
package final class JSONDocument: Sendable {
    /// The text itself; element ranges count from its reader index.
    package let text: ByteBuffer
    let nodes: [JSONNode]

    /// Checks the readable bytes of `text`.
    /// - Parameter depthLimit: how deep objects and arrays may nest.
    /// - Throws: ``JSONError`` with line and column of the first mistake.
    package init(_ text: ByteBuffer, depthLimit: Int = 64) throws(JSONError) {
        self.text = text
        var parser = JSONParser(text: text.readableBytesUInt8Span, depthLimit: depthLimit)
        try parser.parseDocument()
        self.nodes = parser.nodes
    }

    package convenience init(_ text: String, depthLimit: Int = 64) throws(JSONError) {
        try self.init(ByteBuffer(string: text), depthLimit: depthLimit)
    }

    /// The outermost value.
    package var root: JSONElement { JSONElement(document: self, index: 0) }
}
