internal import GatewayCore
internal import NIOCore

/// One JSON value that arrives in fragments, kept as the text it will have.
enum FragmentedValue: Sendable {
    case null
    /// Between the quotes.
    case text(ByteBuffer)
    /// Between the brackets.
    case list(ByteBuffer)
    case object(FragmentedObject)
    /// A number or boolean.
    case plain(ByteBuffer)

    init(_ element: JSONElement) {
        switch element.kind {
        case .null: self = .null
        case .string: self = .text(Self.copy(element.innerText))
        case .array: self = .list(element.hasElements ? Self.copy(element.innerText) : ByteBuffer())
        case .object:
            var object = FragmentedObject()
            for member in element.members { object.join(member) }
            self = .object(object)
        case .number, .true, .false: self = .plain(Self.copy(element.rawText))
        }
    }

    /// Adds a later fragment: strings and arrays grow, objects join member by member, anything else is replaced.
    mutating func join(_ element: JSONElement) {
        if element.isNull { return }
        switch self {
        case .text(var text) where element.kind == .string:
            // Nothing else may hold the buffer while it grows, or each fragment would copy all before it.
            self = .null
            text.writeImmutableBuffer(element.innerText)
            self = .text(text)
        case .list(var list) where element.kind == .array:
            guard element.hasElements else { return }
            self = .null
            if list.readableBytes > 0 { list.writeStaticString(",") }
            list.writeImmutableBuffer(element.innerText)
            self = .list(list)
        case .object(var object) where element.kind == .object:
            self = .null
            for member in element.members { object.join(member) }
            self = .object(object)
        default: self = FragmentedValue(element)
        }
    }

    /// As ``JSONElement/isMeaningful``.
    var isMeaningful: Bool {
        switch self {
        case .null: false
        case .text(let text): text.readableBytes > 0
        case .list, .object: true
        case .plain(let text): Double(String(buffer: text)) != 0
        }
    }

    var byteCount: Int {
        switch self {
        case .null: 4
        case .text(let text), .list(let text), .plain(let text): text.readableBytes + 2
        case .object(let object): object.byteCount
        }
    }

    func write(to output: inout ByteBuffer) {
        switch self {
        case .null: output.writeStaticString("null")
        case .text(let text): Self.write(text, between: "\"", and: "\"", to: &output)
        case .list(let list): Self.write(list, between: "[", and: "]", to: &output)
        case .object(let object):
            output.writeStaticString("{")
            object.writeMembers(to: &output)
            output.writeStaticString("}")
        case .plain(let text): output.writeImmutableBuffer(text)
        }
    }

    private static func write(
        _ text: ByteBuffer, between opening: StaticString, and closing: StaticString, to output: inout ByteBuffer
    ) {
        output.writeStaticString(opening)
        output.writeImmutableBuffer(text)
        output.writeStaticString(closing)
    }

    /// A view would keep the whole received piece alive.
    private static func copy(_ view: ByteBuffer) -> ByteBuffer {
        var copy = ByteBufferAllocator().buffer(capacity: view.readableBytes)
        copy.writeImmutableBuffer(view)
        return copy
    }
}
