package import NIOCore

/// One HTTP request. What it holds goes out as it stands: redirects are not followed, no encoding is negotiated.
package struct CurlRequest: Sendable {
    package var method: String
    /// An absolute `http` or `https` URL.
    package var url: String
    /// Sent in this order. `Content-Length`, `Transfer-Encoding` and `Expect` belong to the engine and are refused.
    package var headers: [(name: String, value: String)]
    package var body: ByteBuffer?
    package var deadlines: CurlDeadlines
    /// With what the request is signed; nil for no signature.
    package var signature: AWSSignature?
    /// The most bytes of response body to accept; an exchange that brings more fails with `bodyTooLarge`.
    package var maximumBodyBytes: Int?
    /// Whether the host may have an address that is not public (``IPAddress/specialUse``). Otherwise the exchange
    /// fails with `addressRefused` before anything is sent there. Behind a proxy it is the proxy that resolves names.
    package var allowsPrivateAddresses: Bool

    package init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: ByteBuffer? = nil,
        deadlines: CurlDeadlines = CurlDeadlines(), maximumBodyBytes: Int? = nil,
        allowsPrivateAddresses: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadlines = deadlines
        self.maximumBodyBytes = maximumBodyBytes
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}

/// Amazon's Signature Version 4 over method, path, headers and body, made by libcurl when the request is sent.
package struct AWSSignature: Sendable, Equatable {
    /// Such as `bedrock`.
    package var service: String
    package var region: String
    package var keyID: String
    package var secret: String

    package init(service: String, region: String, keyID: String, secret: String) {
        self.service = service
        self.region = region
        self.keyID = keyID
        self.secret = secret
    }
}
