/// One entry of the tape that ``JSONParser`` writes: where a value stands in the text, and where its subtree ends
/// on the tape. An object is followed by its keys and values in turn, an array by its elements.
struct JSONNode: Sendable {
    /// Offsets into the text; strings include their quotes.
    var start: UInt32
    var end: UInt32
    /// Index of the first node behind this one and all it contains.
    var next: UInt32
    var kind: JSONKind
    /// For strings and keys: whether an escape must be decoded.
    var hasEscapes: Bool
}

/// The seven kinds of JSON value.
package enum JSONKind: UInt8, Sendable, CustomStringConvertible {
    case object, array, string, number, `true`, `false`, null

    /// As a sentence names it: "expected a string, found an array".
    package var description: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .true, .false: "a boolean"
        case .null: "null"
        }
    }
}
