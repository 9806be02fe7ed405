package import GatewayCore

extension RequestAnalyzer {
    /// The digest under which the answers to one person's questions can be forgotten, and behind which those are kept
    /// that are its own.
    /// - Parameter name: what its requests say of who asks.
    package func principal(named name: String, tenant: TenantID) -> String {
        Hexadecimal.encode(Array(keys.digest("principal", tenant.description, name).prefix(16)))
    }
}
