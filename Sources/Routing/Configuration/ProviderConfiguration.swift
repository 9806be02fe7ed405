package import GatewayCore

/// A place where models answer.
package struct ProviderConfiguration: Sendable {
    package var name: String
    package var api = ProviderAPI.compatible
    package var baseURL: String
    /// Nil for a provider that wants none.
    package var keys: KeyRing?
    package var deadlines = CallDeadlines()
    package var place = ProviderPlace()
    /// Whether parameters that its API has no word for are left out; else such a request is refused.
    package var dropsParameters = true
    /// `allow_references`: what clients may name in the operator's account there.
    package var references: Set<AccountReference> = []
    /// Whether its host may have an address that is not public.
    package var allowsPrivateAddresses: Bool

    package init(name: String, baseURL: String, key: Secret? = nil, allowsPrivateAddresses: Bool = false) {
        self.name = name
        self.baseURL = baseURL
        self.keys = key.map { KeyRing($0) }
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}
