internal import GatewayCore

/// What a JSON value may be so that a reader takes all of it over. Anything else in it is something the reader knows
/// nothing of, such as what a later version of an API adds.
indirect enum JSONShape: Sendable {
    /// A number, a word or a truth.
    case plain
    /// Any value: it is kept as it is.
    case any
    /// Says nothing: null, or a list without elements.
    case nothing
    /// This text alone.
    case word(String)
    case list(JSONShape)
    /// An object of these members, each of which may be absent or null, and no others.
    case members([String: JSONShape])
    case either([JSONShape])

    func holds(_ value: JSONElement) -> Bool {
        switch self {
        case .plain: value.kind != .object && value.kind != .array
        case .any: true
        case .nothing: value.isNull || (value.kind == .array && !value.hasElements)
        case .word(let word): value.string == word
        case .list(let shape): value.kind == .array && value.elements.allSatisfy(shape.holds)
        case .members(let known):
            value.kind == .object
                && value.members.allSatisfy { member in
                    member.value.isNull || known[member.name]?.holds(member.value) ?? false
                }
        case .either(let shapes): shapes.contains { $0.holds(value) }
        }
    }
}
