package import GatewayCore

/// A place that speaks the Chat Completions API.
package struct ProviderConfiguration: Sendable {
    package var name: String
    package var baseURL: String
    /// Nil for a provider that wants none.
    package var keys: KeyRing?
    package var deadlines = CallDeadlines()
    /// Whether its host may have an address that is not public.
    package var allowsPrivateAddresses: Bool

    package init(name: String, baseURL: String, key: Secret? = nil, allowsPrivateAddresses: Bool = false) {
        self.name = name
        self.baseURL = baseURL
        self.keys = key.map { KeyRing($0) }
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}
