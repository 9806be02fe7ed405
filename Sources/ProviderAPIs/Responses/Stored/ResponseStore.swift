package import NIOCore

/// Where responses are kept for clients that go on from them.
package protocol ResponseStore: Sendable {
    /// Keeps a response for the time the operator has set. Bounded in time.
    func save(_ response: ByteBuffer, under key: ResponseKey) async throws(ResponseStoreError)

    /// What is kept; nil where nothing is. Bounded in time.
    func load(_ key: ResponseKey) async throws(ResponseStoreError) -> ByteBuffer?

    /// Forgets a response.
    /// - Returns: whether there was one.
    func delete(_ key: ResponseKey) async throws(ResponseStoreError) -> Bool
}

/// Names a response of a tenant without telling either: 32 hexadecimal digits of a keyed digest.
package struct ResponseKey: Sendable, Hashable {
    package let digest: String

    package init(digest: String) { self.digest = digest }
}

/// The store of responses did not answer, or not as it should.
package struct ResponseStoreError: Error, Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameter description: for the log; it may name machines.
    package init(_ description: String) { self.description = description }
}
