package import NIOCore

/// Writes one JSON object, member by member.
package struct JSONObjectWriter {
    private var buffer: ByteBuffer
    private var isEmpty = true

    /// - Parameter buffer: what stands before it.
    package init(into buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
        self.buffer.writeStaticString("{")
    }

    private mutating func key(_ name: String) {
        if !isEmpty { buffer.writeStaticString(",") }
        isEmpty = false
        buffer.writeJSONString(name)
        buffer.writeStaticString(":")
    }

    /// Nil becomes null.
    package mutating func text(_ name: String, _ value: String?) {
        key(name)
        if let value { buffer.writeJSONString(value) } else { buffer.writeStaticString("null") }
    }

    /// Nil becomes null.
    package mutating func integer(_ name: String, _ value: Int?) {
        key(name)
        buffer.writeString(value.map { String($0) } ?? "null")
    }

    /// Four digits behind the point; numbers that JSON does not have become null.
    package mutating func number(_ name: String, _ value: Float) {
        key(name)
        guard value.isFinite, abs(value) < 1e9 else {
            buffer.writeStaticString("null")
            return
        }
        let scaled = Int((Double(value) * 10_000).rounded())
        let digits = String(abs(scaled) % 10_000)
        buffer.writeString(scaled < 0 ? "-" : "")
        buffer.writeString("\(abs(scaled) / 10_000).\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)")
    }

    /// An array of whole numbers.
    package mutating func integers(_ name: String, _ values: [Int]) {
        key(name)
        buffer.writeString("[\(values.map { String($0) }.joined(separator: ","))]")
    }

    /// `true` or `false`.
    package mutating func flag(_ name: String, _ value: Bool) {
        key(name)
        buffer.writeString(value ? "true" : "false")
    }

    /// A value that is JSON already.
    package mutating func json(_ name: String, _ value: ByteBuffer) {
        key(name)
        buffer.writeImmutableBuffer(value)
    }

    /// An object inside this one.
    package mutating func object(_ name: String, _ write: (inout JSONObjectWriter) -> Void) {
        key(name)
        var inner = JSONObjectWriter(into: buffer)
        write(&inner)
        buffer = inner.finished()
    }

    /// An array of objects.
    package mutating func array<Element>(
        _ name: String, _ elements: [Element], _ write: (Element, inout JSONObjectWriter) -> Void
    ) {
        key(name)
        buffer.writeStaticString("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { buffer.writeStaticString(",") }
            var inner = JSONObjectWriter(into: buffer)
            write(element, &inner)
            buffer = inner.finished()
        }
        buffer.writeStaticString("]")
    }

    /// The whole, with what stood before it.
    package func finished() -> ByteBuffer {
        var whole = buffer
        whole.writeStaticString("}")
        return whole
    }
}
