/// A LiteLLM configuration in our terms.
struct LiteLLMImport {
    /// A provider and its name, in the order in which they are needed.
    struct Provider {
        let name: String
        let account: LiteLLMDeployment.Account
    }

    /// A route and the targets of its group, then those of its fallbacks.
    struct Route {
        var model: String
        var targets: [LiteLLMDeployment]
        /// Of its targets those for what does not fit into another's window, and for what moderation refuses.
        var contextLength: [LiteLLMDeployment] = []
        var contentPolicy: [LiteLLMDeployment] = []
    }

    let file: LiteLLMFile
    private(set) var providers: [Provider] = []
    private(set) var routes: [Route] = []
    private(set) var notes: [LiteLLMNote]

    /// - Throws: what keeps the file from being taken over.
    init(_ yaml: String) throws(LiteLLMProblem) {
        file = try LiteLLMFile(yaml)
        notes = file.notes
        var groups: [String] = []
        for deployment in file.deployments {
            if !groups.contains(deployment.group) { groups.append(deployment.group) }
            name(deployment.account)
        }
        for group in groups { routes.append(route(of: group)) }
        for alias in file.aliases {
            guard var route = routes.first(where: { $0.model == alias.group }),
                !routes.contains(where: { $0.model == alias.name }), LiteLLMFile.isWord(alias.name)
            else {
                let text = "an alias without its group, or with a name that is taken"
                notes.append(LiteLLMNote(path: "router_settings.model_group_alias", text: text))
                continue
            }
            route.model = alias.name
            routes.append(route)
        }
        alignLimits()
    }

    func providerName(_ account: LiteLLMDeployment.Account) -> String {
        providers.first { $0.account == account }?.name ?? account.prefix
    }

    /// Each account is a provider of its own: its keys and limits are.
    private mutating func name(_ account: LiteLLMDeployment.Account) {
        guard !providers.contains(where: { $0.account == account }) else { return }
        let count = providers.count { $0.account.prefix == account.prefix }
        let name = count == 0 ? account.prefix : "\(account.prefix)-\(count + 1)"
        providers.append(Provider(name: name, account: account))
    }

    /// The group's own targets, then those of each fallback with a higher number.
    private mutating func route(of group: String) -> Route {
        let members = file.deployments.filter { $0.group == group }
        let least = members.map(\.priority).min() ?? 0
        var route = Route(model: group, targets: [])
        for var member in Self.weighed(members) {
            if route.targets.contains(where: { $0.isSame(as: member) }) {
                let text = "a target of '\(group)' stands there twice; the first one counts"
                notes.append(LiteLLMNote(path: "model_list", text: text))
                continue
            }
            member.priority = min(member.priority - least, 1000)
            route.targets.append(member)
        }
        let followers = (file.fallbacks[group] ?? []) + file.defaultFallbacks
        _ = follow(followers.filter { $0 != group }, in: &route, path: "fallbacks")
        route.contextLength = list(file.contextFallbacks, in: &route, path: "context_window_fallbacks")
        route.contentPolicy = list(file.policyFallbacks, in: &route, path: "content_policy_fallbacks")
        return route
    }

    /// A list of a route. Its targets are targets of the route, which others are called for, too.
    private mutating func list(
        _ groups: [String: [String]], in route: inout Route, path: String
    ) -> [LiteLLMDeployment] {
        guard let names = groups[route.model] ?? groups["*"] else { return [] }
        let count = route.targets.count
        let group = route.model
        let list = follow(names.filter { $0 != group }, in: &route, path: path)
        if route.targets.count > count {
            let text = "targets of the list of '\(route.model)' are also called when those in front of them fail"
            notes.append(LiteLLMNote(path: path, text: text))
        }
        return list
    }

    /// Puts the targets of some groups behind those of a route, each group with a higher number.
    /// - Returns: all of them, also those that stood there before.
    private mutating func follow(_ groups: [String], in route: inout Route, path: String) -> [LiteLLMDeployment] {
        var followers: [LiteLLMDeployment] = []
        for name in groups {
            let members = file.deployments.filter { $0.group == name }
            if members.isEmpty {
                let text = "a fallback of '\(route.model)' is no group that was taken over"
                notes.append(LiteLLMNote(path: path, text: text))
            }
            let start = (route.targets.map(\.priority).max() ?? 0) + 1
            let least = members.map(\.priority).min() ?? 0
            for var member in Self.weighed(members) where !followers.contains(where: { $0.isSame(as: member) }) {
                followers.append(member)
                if route.targets.contains(where: { $0.isSame(as: member) }) { continue }
                member.priority = min(start + member.priority - least, 1000)
                route.targets.append(member)
            }
        }
        return followers
    }

    /// LiteLLM shuffles by weight, else by requests, else by tokens a minute, where all of a group have them.
    private static func weighed(_ members: [LiteLLMDeployment]) -> [LiteLLMDeployment] {
        guard members.allSatisfy({ $0.weight == nil }) else { return members }
        for limit in ["rpm", "tpm"] {
            let counts = members.map { member in member.limits.first { $0.name == limit }?.count }
            guard counts.allSatisfy({ $0 != nil && ($0 ?? 0) <= 1_000_000 }), Set(counts).count > 1 else { continue }
            return zip(members, counts).map { member, count in
                var member = member
                member.weight = count.map(Double.init)
                return member
            }
        }
        return members
    }

    /// A target has one set of limits here, wherever it stands: the first that is said.
    private mutating func alignLimits() {
        var isDifferent = false
        for route in routes.indices {
            for index in routes[route].targets.indices {
                let target = routes[route].targets[index]
                guard let first = file.deployments.first(where: { $0.isSame(as: target) && !$0.limits.isEmpty }) else {
                    continue
                }
                if !target.limits.isEmpty, !target.limits.elementsEqual(first.limits, by: ==) { isDifferent = true }
                routes[route].targets[index].limits = first.limits
            }
        }
        guard isDifferent else { return }
        let text = "a model has other limits in another group; here those of the first one count for all"
        notes.append(LiteLLMNote(path: "model_list", text: text))
    }
}
