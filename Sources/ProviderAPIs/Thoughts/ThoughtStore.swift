package import NIOCore

/// Where thoughts of calls are kept for clients that drop them.
package protocol ThoughtStore: Sendable {
    /// Keeps them for a while. Returns at once; what cannot be kept is lost, which costs no request anything.
    func keep(_ thoughts: [(key: ThoughtKey, json: ByteBuffer)])

    /// What is kept under these keys of one tenant, in their order; nil where nothing is. Bounded in time; empty when
    /// the store does not answer.
    func thoughts(under keys: [ThoughtKey]) async -> [ByteBuffer?]
}

/// Names the thoughts of one call of a tenant, without telling either.
package struct ThoughtKey: Sendable, Hashable {
    /// The same for all of a tenant: keys of one shard are asked for together.
    package let shard: String
    /// 32 hexadecimal digits.
    package let call: String

    package init(shard: String, call: String) {
        self.shard = shard
        self.call = call
    }
}
