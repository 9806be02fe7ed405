import Crypto
package import GatewayCore

/// Lets operators in, by a key of their own that opens nothing else.
package struct AdminDoor: Sendable {
    private let digest: SHA256.Digest

    package init(key: Secret) { digest = Self.digest(key.exposed) }

    /// Compares digests, and those in a time that does not depend on where they differ.
    /// - Throws: `unauthorized`.
    package func admit(_ headers: CallerHeaders) throws(GatewayError) {
        guard let key = headers.key, !key.isEmpty else {
            throw GatewayError(.unauthorized, "expected the operator's key in 'Authorization: Bearer …', found none")
        }
        guard Self.digest(key) == digest else {
            throw GatewayError(.unauthorized, "the key is not the operator's")
        }
    }

    private static func digest(_ key: String) -> SHA256.Digest { SHA256.hash(data: Array(key.utf8)) }
}
