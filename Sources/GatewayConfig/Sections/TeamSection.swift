import Routing

/// One item of `teams`: limits that several keys share, of one tenant or of several.
enum TeamSection {
    /// What was read of all of them.
    struct List {
        /// Also of those that have a problem.
        let names: [String]
        let scopes: [String: ScopeLimits]
    }

    /// Reads `teams`. No two may share an id.
    static func list(_ root: ConfigSection) -> List {
        var ids = UniqueValues("a team's id")
        let teams = root.list("teams") { section -> ScopeLimits? in
            let id = section.required("id", .name)
            if let id { ids.take(id, of: "id", in: section) }
            var team = ScopeLimits(LimitScope(.team, id ?? ""))
            team.limits = Limits.read(in: section) ?? Limits()
            team.budgets = HardBudget.readAll(in: section)
            if !team.isLimiting, !section.has("limits"), !section.has("budgets") {
                section.refuse("limits", "expected limits or budgets that the team's keys share, found neither")
            }
            return id == nil ? nil : team
        }
        return List(
            names: ids.all,
            scopes: Dictionary(teams.map { ($0.scope.name, $0) }, uniquingKeysWith: { first, _ in first }))
    }
}
