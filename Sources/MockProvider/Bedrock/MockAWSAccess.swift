import NIOCore
import NIOHTTP1

/// Whether a request to Bedrock is signed as it must be.
struct MockAWSAccess: Sendable {
    /// How far the signer's clock may be off, in seconds (Amazon's limit).
    static let skew = 300

    let accessKeyID: String?
    let secret: String?

    /// Looks at the form of the signature, and at the signature itself if there is a secret.
    /// - Parameter now: seconds since 1970.
    func check(_ request: MockRequest, now: Int) throws(MockProviderError) {
        let headers = request.head.headers
        guard let authorization = headers.first(name: "authorization") else {
            throw MockProviderError(.signatureMissing, "Missing Authentication Token", status: 403)
        }
        let signature = try MockAWSSignature(authorization)
        let date = headers.first(name: "x-amz-date") ?? ""
        guard date.count == 16, signature.scope.hasPrefix(date.prefix(8) + "/") else {
            throw MockProviderError(
                .signatureIncomplete, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
                    + "header of the credential's day. Authorization=\(MockAWSSignature.algorithm)",
                status: 403)
        }
        guard signature.signedHeaders.contains("host"), signature.scope.hasSuffix("/bedrock/aws4_request") else {
            throw MockProviderError(
                .signatureMismatch, "Credential should be scoped to correct service: 'bedrock', and 'Host' signed.",
                status: 403)
        }
        if let accessKeyID, signature.accessKeyID != accessKeyID { throw MockFailure.invalidKey.bedrock }
        guard let secret else { return }
        guard signature.expected(for: request.head, body: request.body, secret: secret) == signature.signature else {
            throw MockProviderError(
                .signatureMismatch,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                    + "Access Key and signing method. Consult the service documentation for details.",
                status: 403)
        }
        // In this form dates sort as text.
        let (earliest, latest) = (MockDate(seconds: now - Self.skew).basic, MockDate(seconds: now + Self.skew).basic)
        guard date >= earliest, date <= latest else {
            throw MockProviderError(
                .signatureMismatch, "Signature expired: \(date) is now earlier than \(earliest)", status: 403)
        }
    }
}
