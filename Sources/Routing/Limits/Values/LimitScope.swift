/// Whose use is limited, on our side of the gateway.
package struct LimitScope: Sendable, Hashable, CustomStringConvertible {
    /// What the name names.
    package enum Kind: String, Sendable {
        case tenant, team, key
    }

    package let kind: Kind
    package let name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind.rawValue) \(name)" }
}
