package import NIOCore

/// Writes JSON from the outside in, commas included. Values nested to any depth go into one buffer, each byte once.
///
///     var json = JSONWriter()
///     json.object {
///         $0.member("model", name)
///         $0.array("stop") { for text in stop { $0.string(text) } }
///     }
package struct JSONWriter {
    private var output: ByteBuffer
    private var needsComma = false

    /// - Parameter capacity: bytes to expect.
    package init(capacity: Int = 512) {
        output = ByteBufferAllocator().buffer(capacity: capacity)
    }

    /// One object by itself.
    package static func object<Failure: Error>(
        capacity: Int = 512, _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) -> ByteBuffer {
        var writer = JSONWriter(capacity: capacity)
        try writer.object(members)
        return writer.bytes
    }

    /// What was written so far.
    package var bytes: ByteBuffer { output }

    // MARK: - Values

    /// An object. What `members` throws passes, and leaves the object open.
    package mutating func object<Failure: Error>(
        _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        begin()
        output.writeStaticString("{")
        needsComma = false
        try members(&self)
        output.writeStaticString("}")
        needsComma = true
    }

    /// An array. What `elements` throws passes, and leaves the array open.
    package mutating func array<Failure: Error>(
        _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        begin()
        output.writeStaticString("[")
        needsComma = false
        try elements(&self)
        output.writeStaticString("]")
        needsComma = true
    }

    /// A string, escaped as it must be.
    package mutating func string(_ value: String) {
        begin()
        output.writeJSONString(value)
        needsComma = true
    }

    /// A whole number.
    package mutating func integer(_ value: Int) {
        begin()
        output.writeString(String(value))
        needsComma = true
    }

    /// A whole number without a point; a number that JSON does not have becomes null.
    package mutating func number(_ value: Double) {
        begin()
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 {
            output.writeString(String(whole))
        } else {
            output.writeString(value.isFinite ? value.description : "null")
        }
        needsComma = true
    }

    /// A measure, with four digits behind the point; a number that JSON does not have, or one of a billion and more,
    /// becomes null.
    package mutating func rounded(_ value: Float) {
        guard value.isFinite, abs(value) < 1e9 else { return null() }
        begin()
        let scaled = Int((Double(value) * 10_000).rounded())
        let digits = String(scaled.magnitude % 10_000)
        output.writeString(scaled < 0 ? "-" : "")
        output.writeString(
            "\(scaled.magnitude / 10_000).\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)")
        needsComma = true
    }

    /// `true` or `false`.
    package mutating func bool(_ value: Bool) {
        begin()
        output.writeString(value ? "true" : "false")
        needsComma = true
    }

    /// `null`.
    package mutating func null() {
        begin()
        output.writeStaticString("null")
        needsComma = true
    }

    /// A value that is JSON already.
    package mutating func json(_ value: JSONText) {
        begin()
        output.writeImmutableBuffer(value.bytes)
        needsComma = true
    }

    // MARK: - Members

    /// The name of a member of the object at hand; its value must follow.
    package mutating func key(_ name: String) {
        begin()
        output.writeJSONString(name)
        output.writeStaticString(":")
        needsComma = false
    }

    private mutating func begin() {
        if needsComma { output.writeStaticString(",") }
    }
}
