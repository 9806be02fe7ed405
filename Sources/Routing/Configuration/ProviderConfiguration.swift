package import GatewayCore

/// A place that speaks the Chat Completions API.
package struct ProviderConfiguration: Sendable {
    package var name: String
    package var baseURL: String
    package var key: Secret?
    package var deadlines = CallDeadlines()

    package init(name: String, baseURL: String, key: Secret? = nil) {
        self.name = name
        self.baseURL = baseURL
        self.key = key
    }
}
