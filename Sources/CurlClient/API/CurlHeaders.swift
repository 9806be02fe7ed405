/// The fields of a response head, in the order they came. They stay in the bytes they came in: strings are made for
/// the fields that are asked for, since a provider sends some thirty and the gateway reads five.
package struct CurlHeaders: Sendable {
    struct Field: Sendable {
        let name: Range<Int>
        let value: Range<Int>
    }

    private let bytes: [UInt8]
    private let fields: [Field]

    /// - Parameter fields: ranges inside `bytes`.
    init(bytes: [UInt8], fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
    }

    /// The value of the first field with this name, whatever its case; nil when there is none. Bytes that are not
    /// UTF-8 are replaced.
    package subscript(name: String) -> String? {
        fields.first { matches($0, name) }.map { text($0.value) }
    }

    /// The values of all fields with this name, in order.
    package func values(of name: String) -> [String] {
        fields.filter { matches($0, name) }.map { text($0.value) }
    }

    private func matches(_ field: Field, _ name: String) -> Bool {
        guard field.name.count == name.utf8.count else { return false }
        return zip(bytes[field.name], name.utf8).allSatisfy { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}

extension CurlHeaders: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { fields.count }

    package subscript(position: Int) -> (name: String, value: String) {
        let field = fields[position]
        return (text(field.name), text(field.value))
    }
}
