/// What an answer can be forgotten by, together with others: known before it is asked for.
package struct CacheLabels: Sendable, Equatable {
    package let tenant: TenantID
    package let namespace: String
    /// The model's name as clients ask for it.
    package let model: String
    /// A keyed digest of whose question it was; nil when the request does not tell.
    package let principal: String?
    /// Words of the caller's and of its route.
    package let tags: [String]

    package init(
        tenant: TenantID = .open, namespace: String = "", model: String = "", principal: String? = nil,
        tags: [String] = []
    ) {
        self.tenant = tenant
        self.namespace = namespace
        self.model = model
        self.principal = principal
        self.tags = tags
    }
}
