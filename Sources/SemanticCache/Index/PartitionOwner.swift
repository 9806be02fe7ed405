package import GatewayCore

/// Whose answers stand in a partition. Decides nothing about who is served: the partition itself does.
package struct PartitionOwner: Sendable, Hashable {
    package let tenant: TenantID
    package let namespace: String

    package init(tenant: TenantID, namespace: String) {
        self.tenant = tenant
        self.namespace = namespace
    }

    /// Of the partition of an entry with these labels.
    package init(_ labels: CacheLabels) { self.init(tenant: labels.tenant, namespace: labels.namespace) }
}
