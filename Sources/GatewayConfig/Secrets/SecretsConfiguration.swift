package import GatewayCore

/// How secrets that may change are kept fresh.
package struct SecretsConfiguration: Sendable {
    /// A provider's key that may change while the gateway runs.
    package struct WatchedKey: Sendable {
        /// The provider's name.
        package let provider: String
        package let reference: SecretReference
        package let keys: KeyRing
    }

    /// How often files are looked at.
    var fileInterval: Duration = .seconds(5)
    /// How long the key before is still tried where a new one is refused.
    var overlap: Duration = .seconds(600)
    var vault = VaultConfiguration()
    /// Those whose references may lead to something else later.
    package internal(set) var watched: [WatchedKey] = []

    package init() {}
}
