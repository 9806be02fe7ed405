/// The elements of an array in the order of the text.
package struct JSONElements: Sequence, IteratorProtocol {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    /// What stands directly inside `element`; nothing when it is of another kind than `kind`.
    init(inside element: JSONElement, of kind: JSONKind) {
        document = element.document
        position = element.index + 1
        end = element.kind == kind ? Int(element.node.next) : position
    }

    package mutating func next() -> JSONElement? {
        guard position < end else { return nil }
        let element = JSONElement(document: document, index: position)
        position = Int(element.node.next)
        return element
    }
}
