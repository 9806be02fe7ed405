/// A LiteLLM configuration in our terms.
struct LiteLLMImport {
    /// A provider and its name, in the order in which they are needed.
    struct Provider {
        let name: String
        let account: LiteLLMDeployment.Account
    }

    /// A route and the targets of its group, then those of its fallbacks.
    struct Route {
        let model: String
        var targets: [LiteLLMDeployment]
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
        for group in groups { routes.append(Route(model: group, targets: targets(of: group, known: groups))) }
        for alias in file.aliases {
            guard let route = routes.first(where: { $0.model == alias.group }),
                !routes.contains(where: { $0.model == alias.name }), LiteLLMFile.isWord(alias.name)
            else {
                let text = "an alias without its group, or with a name that is taken"
                notes.append(LiteLLMNote(path: "router_settings.model_group_alias", text: text))
                continue
            }
            routes.append(Route(model: alias.name, targets: route.targets))
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
    private mutating func targets(of group: String, known: [String]) -> [LiteLLMDeployment] {
        var targets: [LiteLLMDeployment] = []
        for (step, name) in ([group] + (file.fallbacks[group] ?? []) + file.defaultFallbacks).enumerated() {
            let members = file.deployments.filter { $0.group == name }
            if members.isEmpty {
                notes.append(
                    LiteLLMNote(
                        path: "fallbacks", text: "a fallback of '\(group)' is no group that was taken over"))
            }
            if step > 0, name == group { continue }
            let start = step == 0 ? 0 : (targets.map(\.priority).max() ?? 0) + 1
            let least = members.map(\.priority).min() ?? 0
            for var member in Self.weighed(members) {
                if targets.contains(where: { $0.isSame(as: member) }) {
                    if step == 0 {
                        let text = "a target of '\(group)' stands there twice; the first one counts"
                        notes.append(LiteLLMNote(path: "model_list", text: text))
                    }
                    continue
                }
                member.priority = min(start + member.priority - least, 1000)
                targets.append(member)
            }
        }
        return targets
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
