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
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(element: JSONElement) {
        document = element.document
        position = element.index + 1
        end = element.kind == .object ? Int(element.node.next) : position
    }

    package mutating func next() -> JSONMember? {
        guard position < end else { return nil }
        let key = JSONElement(document: document, index: position)
        let value = JSONElement(document: document, index: position + 1)
        position = Int(value.node.next)
        return JSONMember(key: key, value: value)
    }

    /// The last member for which `isWanted` holds.
    func last(where isWanted: (JSONMember) -> Bool) -> JSONMember? {
        var wanted: JSONMember?
        for member in self where isWanted(member) { wanted = member }
        return wanted
    }
}

/// The elements of an array in the order of the text.
package struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(element: JSONElement) {
        document = element.document
        position = element.index + 1
        end = element.kind == .array ? Int(element.node.next) : position
    }

    package mutating func next() -> JSONElement? {
        guard position < end else { return nil }
        let element = JSONElement(document: document, index: position)
        position = Int(element.node.next)
        return element
    }
}
