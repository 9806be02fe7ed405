package import GatewayCore

extension RequestAnalyzer {
    /// The keyed digest under which a tenant's response is kept: 32 hexadecimal digits. Of another tenant the same id
    /// gives another digest, so none can ask for what is not its own.
    package func responseDigest(of id: String, tenant: TenantID) -> String {
        Hexadecimal.encode(Array(keys.digest("response", tenant.description, id).prefix(16)))
    }
}
