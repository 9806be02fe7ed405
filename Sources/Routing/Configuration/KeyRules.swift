package import GatewayCore

/// What callers with one key may use, beside what their tenant may.
package struct KeyRules: Sendable, Equatable {
    /// Whose key it is.
    package var tenant: TenantID
    /// The limits of the key's team, which it shares with other keys, and its own. All of them must have room.
    package var scopes: [ScopeLimits]

    package init(tenant: TenantID, scopes: [ScopeLimits]) {
        self.tenant = tenant
        self.scopes = scopes
    }
}
