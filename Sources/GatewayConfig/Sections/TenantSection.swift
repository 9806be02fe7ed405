import GatewayCore
import Policy
import Routing

/// One item of `tenants`, read once for the two stages that each need a part of it.
struct TenantSection {
    let configuration: TenantConfiguration
    /// Nil for a tenant that may use everything.
    let rules: TenantRules?
    /// How much it may store, in bytes; nil for as much as others.
    let quota: Int?
    /// What its keys may use, for those that have limits or a team.
    let keys: [APIKeyID: KeyRules]

    /// Reads `teams` and `tenants`. No two tenants may share an id or a key: the key alone tells who calls.
    /// - Parameter providers: the names a tenant may be bound to.
    static func list(_ root: ConfigSection, providers: [String]) -> [TenantSection] {
        let teams = TeamSection.list(root)
        var ids = UniqueValues("a tenant's id")
        var keys = UniqueValues("a tenant's key")
        var keyNames = UniqueValues("a key's name")
        return root.list("tenants") { section in
            let id = section.required("id", .name)
            if let id { ids.take(id, of: "id", in: section) }
            let own = section.values("keys", .tenantKey(section.reader.secrets)) { key in
                TenantKeySection.read(key, teams: teams, names: &keyNames)
            }
            if !section.has("keys") { section.refuse("keys", "expected a list of at least one key, found nothing") }
            for (index, key) in own {
                keys.take(key.key.exposed, isShown: false, of: "keys", index: index, in: section)
            }
            // Read without an id too, so that all that is wrong is found.
            let encryptionKey = section.encryptionKey("encryption_key")
            let tenant = TenantID(id ?? "")
            let rules = TenantRules.read(section, of: tenant, providers: providers)
            let quota = section.optional("cache_quota", ConfigKind<Int>.bytes(1 << 20...1 << 50))
            var configuration = TenantConfiguration(
                id: tenant, keys: own.map(\.value.key), encryptionKey: encryptionKey)
            var keyRules: [APIKeyID: KeyRules] = [:]
            for (_, key) in own where !key.scopes.isEmpty {
                guard let name = key.name else { continue }
                configuration.namedKeys[name] = key.key
                keyRules[name] = KeyRules(tenant: tenant, scopes: key.scopes)
            }
            return id == nil
                ? nil : TenantSection(configuration: configuration, rules: rules, quota: quota, keys: keyRules)
        }
    }
}

extension TenantRules {
    /// Reads what one tenant may use; nil when nothing is said of that.
    fileprivate static func read(_ section: ConfigSection, of tenant: TenantID, providers: [String]) -> TenantRules? {
        var rules = TenantRules(tenant)
        rules.scope.limits = Limits.read(in: section) ?? Limits()
        rules.scope.budgets = HardBudget.readAll(in: section)
        rules.constraints.models = section.allowed("models", .word("a model's name, or its beginning and *"))
        let allowed = section.allowed("providers", .name)
        for (index, name) in (allowed ?? []).enumerated() {
            KnownName.check(
                name, among: providers, "the name of a provider", of: "providers", index: index, in: section)
        }
        rules.constraints.providers = allowed.map { Set($0) }
        rules.constraints.regions = section.allowed("regions", .name).map { Set($0) }
        rules.constraints.jurisdictions = section.allowed("jurisdictions", .name).map { Set($0) }
        rules.constraints.retention = section.optional("retention", .choice)
        rules.constraints.sensitivity = section.optional("sensitivity", .choice)
        section.read("weight", .number(1...1000), into: &rules.weight)
        section.read("priority", .choice, into: &rules.priority)
        let waitsLikeAll = rules.weight == 1 && rules.priority == .usual
        let isBound = rules.scope.isLimiting || rules.constraints != RoutingConstraints()
        return isBound || !waitsLikeAll ? rules : nil
    }
}
