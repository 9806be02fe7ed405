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
    mutating func join(_ member: JSONMember) {
        guard let position = position(of: member) else { return add(member.name, FragmentedValue(member.value)) }
        if slots[position].isWhole { return keepFirst(member.value, at: position) }
        let before = slots[position].value.byteCount
        slots[position].value.join(member.value)
        byteCount += slots[position].value.byteCount - before
    }

    /// Sets a member unless an earlier value already says something.
    mutating func keepFirst(_ member: JSONMember) {
        guard let position = position(of: member) else { return add(member.name, FragmentedValue(member.value)) }
        keepFirst(member.value, at: position)
    }

    /// Sets a member to its newest value; null never takes a value away.
    mutating func keepLast(_ member: JSONMember) {
        guard let position = position(of: member) else { return add(member.name, FragmentedValue(member.value)) }
        if member.value.isMeaningful { replace(position, FragmentedValue(member.value)) }
    }

    /// Sets a member whatever it was.
    mutating func set(_ name: String, _ value: FragmentedValue) {
        guard let position = slots.firstIndex(where: { $0.name == name }) else { return add(name, value) }
        replace(position, value)
    }

    private func position(of member: JSONMember) -> Int? { slots.firstIndex { member.hasName($0.name) } }

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
