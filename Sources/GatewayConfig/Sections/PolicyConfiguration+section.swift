import GatewayCore
import Policy

extension PolicyConfiguration {
    /// Reads `tenants`. No two may share an id or a key: the key alone tells who calls.
    mutating func read(_ root: ConfigSection) {
        var ids = UniqueValues("a tenant's id")
        var keys = UniqueValues("a tenant's key")
        tenants = root.list("tenants") { section in
            let id = section.required("id", .name)
            if let id { ids.take(id, of: "id", in: section) }
            let own = section.values("keys", .secret(section.reader.secrets))
            if !section.has("keys") { section.refuse("keys", "expected a list of at least one key, found nothing") }
            for (index, key) in own {
                keys.take(key.exposed, isShown: false, of: "keys", index: index, in: section)
            }
            return id.map { TenantConfiguration(id: TenantID($0), keys: own.map(\.value)) }
        }
    }
}
