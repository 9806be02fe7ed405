import Crypto
package import GatewayCore

/// Finds out who asks. Stands before the cache, so that no hit can pass it by.
package struct TenantDirectory: Sendable {
    /// By SHA-256 of the key: the lookup's time tells nothing about a key that is close to a real one.
    private let tenants: [SHA256.Digest: TenantID]
    /// The keys that have a name, in the same way.
    private let keys: [SHA256.Digest: APIKeyID]
    private let names: Set<TenantID>

    /// The longest namespace in bytes.
    package static let namespaceLimit = 128

    package init(configuration: PolicyConfiguration) {
        var tenants: [SHA256.Digest: TenantID] = [:]
        for tenant in configuration.tenants {
            for key in tenant.keys { tenants[Self.digest(key.exposed)] = tenant.id }
        }
        self.tenants = tenants
        keys = Dictionary(
            configuration.tenants.flatMap { tenant in
                tenant.namedKeys.map { (Self.digest($0.value.exposed), $0.key) }
            }, uniquingKeysWith: { first, _ in first })
        names = configuration.tenants.isEmpty ? [.open] : Set(configuration.tenants.map(\.id))
    }

    /// Whether answers may be of this tenant.
    package func knows(_ tenant: TenantID) -> Bool { names.contains(tenant) }

    /// The tenants whose answers there may be, by name.
    package var all: [TenantID] { names.sorted { $0.description < $1.description } }

    /// Whether callers can name a namespace so: a text of at most ``namespaceLimit`` visible ASCII characters.
    package static func isNamespace(_ text: String) -> Bool {
        text.utf8.count <= namespaceLimit && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// The scope of a caller's answers.
    /// - Throws: `unauthorized` without a known key, `invalidRequest` for a namespace that cannot be used.
    package func identify(_ headers: CallerHeaders) throws(GatewayError) -> CacheScope {
        let tenant = try tenant(of: headers.key)
        let namespace = headers.namespace ?? ""
        guard Self.isNamespace(namespace) else {
            throw GatewayError(
                .invalidRequest,
                "x-refrain-cache-namespace must be at most \(Self.namespaceLimit) visible ASCII characters",
                parameter: "x-refrain-cache-namespace")
        }
        return CacheScope(tenant: tenant, namespace: namespace)
    }

    /// The name of a caller's key; nil for one without a name.
    package func key(of headers: CallerHeaders) -> APIKeyID? {
        guard !keys.isEmpty, let key = headers.key else { return nil }
        return keys[Self.digest(key)]
    }

    private func tenant(of key: String?) throws(GatewayError) -> TenantID {
        if tenants.isEmpty { return .open }
        guard let key, !key.isEmpty else {
            throw GatewayError(.unauthorized, "expected an API key in 'Authorization: Bearer …', found none")
        }
        guard let tenant = tenants[Self.digest(key)] else {
            throw GatewayError(.unauthorized, "the API key is not known here")
        }
        return tenant
    }

    private static func digest(_ key: String) -> SHA256.Digest {
        SHA256.hash(data: Array(key.utf8))
    }
}
