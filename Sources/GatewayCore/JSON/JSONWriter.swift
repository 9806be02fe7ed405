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

/// Members in one line. A nil writes nothing.
extension JSONWriter {
    /// A member that is an object.
    package mutating func object<Failure: Error>(
        _ name: String, _ members: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try object(members)
    }

    /// A member that is an array.
    package mutating func array<Failure: Error>(
        _ name: String, _ elements: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        key(name)
        try array(elements)
    }

    /// A member that is a string.
    package mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    /// A member that is a whole number.
    package mutating func member(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        integer(value)
    }

    /// A member that is a number.
    package mutating func member(_ name: String, _ value: Double?) {
        guard let value else { return }
        key(name)
        number(value)
    }

    /// A member that is `true` or `false`.
    package mutating func member(_ name: String, _ value: Bool?) {
        guard let value else { return }
        key(name)
        bool(value)
    }

    /// A member that is JSON already.
    package mutating func member(_ name: String, _ value: JSONText?) {
        guard let value else { return }
        key(name)
        json(value)
    }

    /// A member that is `null`.
    package mutating func null(_ name: String) {
        key(name)
        null()
    }
}
