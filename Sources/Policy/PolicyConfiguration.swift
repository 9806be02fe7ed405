package import GatewayCore

/// Who may ask.
package struct PolicyConfiguration: Sendable {
    /// None: every caller is the tenant `default` and needs no key.
    package var tenants: [TenantConfiguration] = []

    /// What opens the operator's routes; nil: there are none.
    package var adminKey: Secret?

    package init() {}
}

/// One tenant and the keys its callers send.
package struct TenantConfiguration: Sendable {
    package var id: TenantID
    /// At least one. Several, so that keys can be rotated.
    package var keys: [Secret]
    /// Those of the keys that have a name.
    package var namedKeys: [APIKeyID: Secret] = [:]

    /// What its stored answers are encrypted with; nil: as those of all who have none.
    package var encryptionKey: Secret?

    package init(id: TenantID, keys: [Secret], encryptionKey: Secret? = nil) {
        self.id = id
        self.keys = keys
        self.encryptionKey = encryptionKey
    }
}
