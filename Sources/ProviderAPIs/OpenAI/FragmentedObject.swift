internal import GatewayCore
internal import NIOCore

/// One JSON object that arrives in fragments. Members keep the order in which they first came.
struct FragmentedObject: Sendable {
    /// About the length of the object's text.
    private(set) var byteCount = 2
    private var slots: [Slot] = []

    private struct Slot {
        let name: String
        let isWhole: Bool
        var value: FragmentedValue
    }

    /// Names that a fragment may repeat: they are whole when they come, so joining would double them.
    private static let whole: Set<String> = ["id", "type", "name", "role", "index", "object"]

    /// More members than any answer's object has: a bound for the search through them. An object that passes it
    /// weighs more than any limit, so that the answer is let go.
    private static let most = 256
    private static let tooHeavy = 1 << 40

    var isEmpty: Bool { slots.isEmpty }

    subscript(_ name: String) -> FragmentedValue? { slots.first { $0.name == name }?.value }

    /// Adds a fragment of a member: text grows, what identifies stays as it first came.
    mutating func join(_ name: String, _ element: JSONElement) {
        guard let position = position(of: name) else { return add(name, FragmentedValue(element)) }
        if slots[position].isWhole { return keepFirst(element, at: position) }
        let before = slots[position].value.byteCount
        slots[position].value.join(element)
        byteCount += slots[position].value.byteCount - before
    }

    /// Adds to a member that is a string.
    /// - Parameter text: still escaped.
    mutating func append(_ text: ByteBuffer, to name: String) {
        guard let position = position(of: name), slots[position].value.append(text) else { return }
        byteCount += text.readableBytes
    }

    /// Sets a member unless an earlier value already says something.
    mutating func keepFirst(_ name: String, _ element: JSONElement) {
        guard let position = position(of: name) else { return add(name, FragmentedValue(element)) }
        keepFirst(element, at: position)
    }

    /// Sets a member to its newest value; null never takes a value away.
    mutating func keepLast(_ name: String, _ element: JSONElement) {
        guard let position = position(of: name) else { return add(name, FragmentedValue(element)) }
        if element.isMeaningful { replace(position, FragmentedValue(element)) }
    }

    /// Sets a member whatever it was.
    mutating func set(_ name: String, _ value: FragmentedValue) {
        guard let position = position(of: name) else { return add(name, value) }
        replace(position, value)
    }

    private func position(of name: String) -> Int? {
        for position in slots.indices where slots[position].name == name { return position }
        return nil
    }

    private mutating func keepFirst(_ element: JSONElement, at position: Int) {
        if slots[position].value.isMeaningful || !element.isMeaningful { return }
        replace(position, FragmentedValue(element))
    }

    private mutating func replace(_ position: Int, _ value: FragmentedValue) {
        byteCount += value.byteCount - slots[position].value.byteCount
        slots[position].value = value
    }

    private mutating func add(_ name: String, _ value: FragmentedValue) {
        guard slots.count < Self.most else { return byteCount = Self.tooHeavy }
        slots.append(Slot(name: name, isWhole: Self.whole.contains(name), value: value))
        byteCount += name.utf8.count + 4 + value.byteCount
    }

    /// Writes the members with commas between them.
    func writeMembers(to output: inout ByteBuffer) {
        var isFirst = true
        for slot in slots {
            if !isFirst { output.writeStaticString(",") }
            isFirst = false
            output.writeJSONString(slot.name)
            output.writeStaticString(":")
            slot.value.write(to: &output)
        }
    }
}
