package import GatewayCore

/// Which answers of a tenant are forgotten together, however many they are, by one number.
package enum PurgeScope: Sendable, Hashable {
    case everything
    case namespace(String)
    case tag(String)
    /// A digest made by RequestAnalysis.
    case principal(String)
    /// As clients ask for it, or as the provider named itself.
    case model(String)
    /// All that was made before a time.
    case before(UnixTime)

    /// Under which name the number stands.
    package var field: String {
        switch self {
        case .everything: Self.everythingField
        case .namespace(let name): Self.namespaceField(name)
        case .tag(let tag): Self.tagField(tag)
        case .principal(let principal): Self.principalField(principal)
        case .model(let model): Self.modelField(model)
        case .before: Self.ageField
        }
    }

    /// Since when answers count at all.
    static let everythingField = "all"
    /// A time in milliseconds since 1970, unlike the others.
    static let ageField = "before"

    static func namespaceField(_ name: some StringProtocol) -> String { "ns:\(name)" }
    static func tagField(_ tag: some StringProtocol) -> String { "tag:\(tag)" }
    static func principalField(_ principal: some StringProtocol) -> String { "principal:\(principal)" }
    static func modelField(_ model: some StringProtocol) -> String { "model:\(model)" }
}
