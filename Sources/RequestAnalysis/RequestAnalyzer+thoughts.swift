package import GatewayCore

extension RequestAnalyzer {
    /// Keyed digests under which the thoughts of a tenant's call are kept: the shard, two hexadecimal digits, and the
    /// call, 32.
    package func thoughtDigest(of call: String, tenant: TenantID) -> (shard: String, call: String) {
        (
            Hexadecimal.encode(Array(keys.digest("thoughts", tenant.description).prefix(1))),
            Hexadecimal.encode(Array(keys.digest("thought", tenant.description, call).prefix(16)))
        )
    }
}
