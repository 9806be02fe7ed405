import GatewayCore
import Routing

/// One item of a tenant's `keys`: a reference to a key, or a section with what is said of that key.
struct TenantKeySection {
    let key: Secret
    /// Nil for a key of which nothing more is said.
    var name: APIKeyID?
    /// The limits of its team, and its own, as far as there are any.
    var scopes: [ScopeLimits] = []

    init(key: Secret) { self.key = key }

    /// Reads a section.
    /// - Parameters:
    ///   - teams: those there are, by their ids.
    ///   - names: of all tenants' keys: limits are counted by them.
    static func read(
        _ section: ConfigSection, teams: TeamSection.List, names: inout UniqueValues
    ) -> TenantKeySection? {
        let key = section.required("key", .secret(section.reader.secrets))
        let name = section.required("name", .name)
        if let name { names.take(name, of: "name", in: section) }
        var scopes: [ScopeLimits] = []
        if let team = section.optional("team", .name) {
            KnownName.check(team, among: teams.names, "the id of a team", of: "team", in: section)
            if let limits = teams.scopes[team] { scopes.append(limits) }
        }
        var own = ScopeLimits(LimitScope(.key, name ?? ""))
        own.limits = Limits.read(in: section) ?? Limits()
        own.budgets = HardBudget.readAll(in: section)
        if own.isLimiting { scopes.append(own) }
        guard let key, let name else { return nil }
        var read = TenantKeySection(key: key)
        read.name = APIKeyID(name)
        read.scopes = scopes
        return read
    }
}
