internal import GatewayCore
internal import NIOCore

/// One JSON value that arrives in fragments, kept as the text it will have.
///
/// No enum with payloads: a payload taken out to grow is a second owner of its bytes, and each fragment would then
/// copy all before it.
struct FragmentedValue: Sendable {
    private var kind: JSONKind
    /// What stands between a string's quotes or a list's brackets; the whole of a number or boolean.
    private var text = ByteBuffer()
    private var members = FragmentedObject()

    init(_ element: JSONElement) {
        kind = element.kind
        // Written, not sliced: a view would keep the whole received piece alive.
        switch kind {
        case .null: break
        case .string: text.writeImmutableBuffer(element.innerText)
        case .array: if element.hasElements { text.writeImmutableBuffer(element.innerText) }
        case .object: for member in element.members { members.join(member.name, member.value) }
        case .number, .true, .false: text.writeImmutableBuffer(element.rawText)
        }
    }

    private init(_ kind: JSONKind, _ text: ByteBuffer) {
        self.kind = kind
        self.text = text
    }

    static var null: FragmentedValue { FragmentedValue(.null, ByteBuffer()) }

    /// A string of this text, which must be escaped already.
    static func string(_ text: ByteBuffer) -> FragmentedValue { FragmentedValue(.string, text) }

    /// An array of these elements, with their commas.
    static func list(_ text: ByteBuffer) -> FragmentedValue { FragmentedValue(.array, text) }

    /// Adds a later fragment: strings and arrays grow, objects join member by member, anything else is replaced.
    mutating func join(_ element: JSONElement) {
        if element.isNull { return }
        guard element.kind == kind else { return self = FragmentedValue(element) }
        switch kind {
        case .string: text.writeImmutableBuffer(element.innerText)
        case .array:
            guard element.hasElements else { return }
            if text.readableBytes > 0 { text.writeStaticString(",") }
            text.writeImmutableBuffer(element.innerText)
        case .object: for member in element.members { members.join(member.name, member.value) }
        case .null, .number, .true, .false: self = FragmentedValue(element)
        }
    }

    /// Adds to a string.
    /// - Parameter more: still escaped.
    /// - Returns: false when this is no string.
    mutating func append(_ more: ByteBuffer) -> Bool {
        guard kind == .string else { return false }
        text.writeImmutableBuffer(more)
        return true
    }

    /// As ``JSONElement/isMeaningful``.
    var isMeaningful: Bool {
        switch kind {
        case .null: false
        case .string: text.readableBytes > 0
        case .number: !text.readableBytesView.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
        case .object, .array, .true, .false: true
        }
    }

    /// The text of a string, still escaped; nil for other kinds.
    var string: ByteBuffer? { kind == .string ? text : nil }

    var byteCount: Int { kind == .object ? members.byteCount : text.readableBytes + 4 }

    func write(to output: inout ByteBuffer) {
        switch kind {
        case .null: output.writeStaticString("null")
        case .string: write(between: "\"", and: "\"", to: &output)
        case .array: write(between: "[", and: "]", to: &output)
        case .object:
            output.writeStaticString("{")
            members.writeMembers(to: &output)
            output.writeStaticString("}")
        case .number, .true, .false: output.writeImmutableBuffer(text)
        }
    }

    private func write(between opening: StaticString, and closing: StaticString, to output: inout ByteBuffer) {
        output.writeStaticString(opening)
        output.writeImmutableBuffer(text)
        output.writeStaticString(closing)
    }
}
