import Routing

extension TargetConfiguration {
    /// Lower numbers are tried first; this is the highest one may give.
    static let highestPriority = 1000

    /// Reads one item of `targets`. Nil, after an issue, without a provider.
    /// - Parameters:
    ///   - providers: the names there are.
    ///   - limits: takes those of its deployment.
    static func read(
        _ section: ConfigSection, providers: [String], limits: inout DeploymentLimits
    ) -> TargetConfiguration? {
        let provider = section.required("provider", .name)
        var target = TargetConfiguration(
            provider: provider ?? "", model: section.optional("model", .word("a model's name")))
        section.read("priority", .integer(0...highestPriority), into: &target.priority)
        section.read("weight", .number(0...1_000_000), into: &target.weight)
        target.tier = section.optional("tier", .name)
        target.match = section.labels("match").map { MatchRule(metadata: $0) }
        target.retry = section.optionalSection("retry", RetryRule.read)
        section.section("fallback") { target.fallback.readOfTarget($0) }
        let own = Limits.read(in: section)
        target.limits = own ?? Limits()
        guard let provider else { return nil }
        KnownName.check(provider, among: providers, "the name of a provider", of: "provider", in: section)
        if let own { limits.take(own, of: target.deployment, in: section) }
        return target
    }
}
