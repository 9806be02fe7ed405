internal import GatewayCore

/// The headers of this dialect.
enum AnthropicHeaders {
    static let version = "anthropic-version"
    /// Names what is being tried out; it changes what members of a request mean.
    static let beta = "anthropic-beta"
    /// The only version there is, since June 2023.
    static let currentVersion = "2023-06-01"

    /// The headers of a call in which nothing of the client's is kept.
    static func plain(betas: String? = nil) -> [ProviderCall.Header] {
        var headers = [ProviderCall.Header(version, currentVersion)]
        if let betas { headers.append(ProviderCall.Header(beta, betas)) }
        return headers
    }

    /// The client's own headers of this dialect; its version, or ours where it names none.
    static func passed(_ headers: [(name: String, value: String)]) -> [ProviderCall.Header] {
        let own = headers.map { (name: $0.name.lowercased(), value: $0.value) }
        let betas = own.filter { $0.name == beta }.map { ProviderCall.Header(beta, $0.value) }
        let named = own.first { $0.name == version }?.value ?? currentVersion
        return [ProviderCall.Header(version, named)] + betas
    }
}
