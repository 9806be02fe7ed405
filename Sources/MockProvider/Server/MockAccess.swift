import NIOHTTP1

/// Whom the mock serves: each dialect carries its key in its own header.
struct MockAccess: Sendable {
    private let key: String?
    private let bearer: String?
    private let aws: MockAWSAccess

    init(_ configuration: MockProviderConfiguration) {
        key = configuration.apiKey
        bearer = configuration.apiKey.map { "Bearer " + $0 }
        aws = MockAWSAccess(accessKeyID: configuration.awsAccessKeyID, secret: configuration.awsSecretKey)
    }

    /// Throws the dialect's error for a request without the key.
    /// - Parameter now: seconds since 1970.
    func check(_ request: MockRequest, dialect: MockDialect, now: Int) throws(MockProviderError) {
        let headers = request.head.headers
        if dialect == .anthropic, !headers.contains(name: "anthropic-version") {
            throw MockProviderError(.missingField, "anthropic-version: header is required")
        }
        // Amazon takes a key of its own as a token, too.
        if dialect == .bedrock, headers.first(name: "authorization")?.hasPrefix("Bearer ") != true {
            return try aws.check(request, now: now)
        }
        guard let key, !carries(key, request, dialect) else { return }
        if dialect == .openAI {
            throw MockProviderError(
                .invalidKey, "The header 'Authorization' must carry 'Bearer' and the key of this mock.", status: 401)
        }
        throw dialect.error(.invalidKey, model: "")
    }

    private func carries(_ key: String, _ request: MockRequest, _ dialect: MockDialect) -> Bool {
        let (headers, target) = (request.head.headers, request.head.uri)
        // Azure's deployments and its newer paths know the key by another name; a token is none.
        if MockPlace.isAzure(target), headers.first(name: "api-key") == key { return true }
        if MockPlace.isDeployment(target) { return false }
        if headers.first(name: "authorization") == bearer { return true }
        // Google Cloud takes tokens alone.
        if MockPlace.isVertex(target) { return false }
        switch dialect {
        case .openAI: return false
        case .anthropic: return headers.first(name: "x-api-key") == key
        case .gemini:
            return headers.first(name: "x-goog-api-key") == key
                || MockTarget.query("key", in: request.head.uri) == key
        case .bedrock: return false
        }
    }
}
