package import GatewayCore

extension CacheScope {
    /// Where an operator works in a tenant's name. Who is an operator was decided before, by `admin.key`.
    package static func ofOperator(in tenant: TenantID, namespace: String) -> CacheScope {
        CacheScope(tenant: tenant, namespace: namespace)
    }
}
