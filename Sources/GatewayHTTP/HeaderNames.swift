import HTTPTypes

/// Header names that HTTPTypes does not know. Each is a valid token, so the failable initialiser cannot fail; the
/// fallback only spares a force unwrap.
extension HTTPField.Name {
    static let apiKey = known("api-key")
    static let cacheMode = known("x-refrain-cache-mode")
    static let cacheNamespace = known("x-refrain-cache-namespace")
    static let shouldRetry = known("x-should-retry")
    static let retryAfterMilliseconds = known("retry-after-ms")

    private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
