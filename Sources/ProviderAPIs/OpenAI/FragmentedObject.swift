internal import GatewayCore
internal import NIOCore

/// One JSON object that arrives in fragments. Members keep the order in which they first came.
struct FragmentedObject: Sendable {
    /// About the length of the object's text.
    private(set) var byteCount = 2
    private var names: [String] = []
    private var values: [String: FragmentedValue] = [:]

    /// Names that a fragment may repeat: they are whole when they come, so joining would double them.
    private static let whole: Set<String> = ["id", "type", "name", "role", "index", "object"]

    var isEmpty: Bool { names.isEmpty }

    subscript(_ name: String) -> FragmentedValue? { values[name] }

    /// Adds a fragment of a member: text grows, what identifies stays as it first came.
    mutating func join(_ member: JSONMember) {
        let name = member.name
        if Self.whole.contains(name) { return keepFirst(name, member.value) }
        guard var value = values[name] else { return set(name, FragmentedValue(member.value)) }
        let before = value.byteCount
        // Taken out while it grows, so that its buffer is not shared.
        values[name] = .null
        value.join(member.value)
        byteCount += value.byteCount - before
        values[name] = value
    }

    /// Sets a member unless an earlier value already says something.
    mutating func keepFirst(_ name: String, _ element: JSONElement) {
        if let value = values[name], value.isMeaningful || !element.isMeaningful { return }
        set(name, FragmentedValue(element))
    }

    /// Sets a member to its newest value; null never takes a value away.
    mutating func keepLast(_ name: String, _ element: JSONElement) {
        if values[name] != nil, !element.isMeaningful { return }
        set(name, FragmentedValue(element))
    }

    mutating func set(_ name: String, _ value: FragmentedValue) {
        if let old = values.updateValue(value, forKey: name) {
            byteCount += value.byteCount - old.byteCount
        } else {
            names.append(name)
            byteCount += name.utf8.count + 4 + value.byteCount
        }
    }

    /// Writes the members with commas between them.
    func writeMembers(to output: inout ByteBuffer) {
        var isFirst = true
        for name in names {
            guard let value = values[name] else { continue }
            if !isFirst { output.writeStaticString(",") }
            isFirst = false
            output.writeJSONString(name)
            output.writeStaticString(":")
            value.write(to: &output)
        }
    }
}
