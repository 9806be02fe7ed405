package import GatewayCore

extension RequestAnalyzer {
    /// The members by which clients tell whose question it is, the first that says something counts.
    private static let members = ["safety_identifier", "user"]

    /// A keyed digest of whose question a request is; nil when it does not tell.
    func principal(of request: ChatRequest, tenant: TenantID) -> String? {
        for member in Self.members {
            if let name = request.document.root[member]?.string, !name.isEmpty {
                return principal(named: name, tenant: tenant)
            }
        }
        return nil
    }

    /// The digest under which the answers to one person's questions can be forgotten.
    /// - Parameter name: what its requests say in `safety_identifier` or `user`.
    package func principal(named name: String, tenant: TenantID) -> String {
        Hexadecimal.encode(Array(keys.digest("principal", tenant.description, name).prefix(16)))
    }
}
