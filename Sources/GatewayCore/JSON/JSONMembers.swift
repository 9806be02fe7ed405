/// One key and its value in an object.
package struct JSONMember: Sendable {
    /// The key as a string element.
    package let key: JSONElement
    package let value: JSONElement

    package var name: String { key.string ?? "" }

    package func hasName(_ name: String) -> Bool { key.isString(name) }
}

/// The members of an object in the order of the text.
package struct JSONMembers: Sequence, IteratorProtocol {
    /// Keys and values in turn.
    private var nodes: JSONElements

    init(element: JSONElement) { nodes = JSONElements(inside: element, of: .object) }

    package mutating func next() -> JSONMember? {
        guard let key = nodes.next(), let value = nodes.next() else { return nil }
        return JSONMember(key: key, value: value)
    }

    /// The last member for which `isWanted` holds.
    func last(where isWanted: (JSONMember) -> Bool) -> JSONMember? {
        var wanted: JSONMember?
        for member in self where isWanted(member) { wanted = member }
        return wanted
    }
}
