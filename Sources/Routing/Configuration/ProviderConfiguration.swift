package import GatewayCore

/// A place where models answer.
package struct ProviderConfiguration: Sendable {
    package var name: String
    package var api = ProviderAPI.compatible
    package var baseURL: String
    package var key: Secret?
    package var deadlines = CallDeadlines()
    package var place = ProviderPlace()
    /// Whether parameters that its API has no word for are left out; else such a request is refused.
    package var dropsParameters = true

    package init(name: String, baseURL: String, key: Secret? = nil) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
    }
}
