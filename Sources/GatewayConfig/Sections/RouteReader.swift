import GatewayCore
import Routing

/// Reads `routes`, and checks that what stands in each fits together.
struct RouteReader {
    /// The names of the providers.
    let providers: [String]
    /// Why there are no vectors of requests; nil when there are.
    let noEncoder: String?
    /// The templates there are, as `name@version`.
    let templates: [String]
    /// The name that the gateway's own encoder has; nil for none.
    let servedModel: String?
    /// `cache.mode`.
    let cacheMode: RouteCacheRule
    private let softLives: SoftLifeCheck
    private var models = UniqueValues("a route's model")
    private(set) var limits = DeploymentLimits()

    init(
        providers: [String], noEncoder: String?, templates: [String], servedModel: String?,
        cacheMode: RouteCacheRule, softLives: SoftLifeCheck
    ) {
        self.softLives = softLives
        self.servedModel = servedModel
        self.cacheMode = cacheMode
        self.templates = templates
        self.providers = providers
        self.noEncoder = noEncoder
    }

    /// Nil, after an issue, without a model.
    mutating func read(_ section: ConfigSection) -> RouteConfiguration? {
        let model = section.required("model", .word("a model's name, or * for all others"))
        if let model { models.take(model, of: "model", in: section) }
        if let model, model == servedModel {
            section.refuse("model", "expected another name than embedding.serve_as, found \(model)")
        }
        let threshold = section.optional("threshold", ConfigKind<Float>.number(0...1))
        let maxWrongHits = section.optional("max_wrong_hits", ConfigKind<Double>.share)
        if threshold != nil, maxWrongHits != nil {
            section.refuse("threshold", "expected either threshold or max_wrong_hits, found both")
        }
        let rule = RouteRule.read(section, model: model ?? "")
        let selection = section.optionalSection("choose") { SelectionConfiguration.read($0, noEncoder: noEncoder) }
        let sessions = section.optional("sessions", ConfigKind<SessionSource>.choice)
        let hedge = section.optionalSection("hedge", HedgeRule.read)
        let learning = section.optionalSection("learn", LearningRule.read)
        if let noEncoder, section.has("learn") {
            section.refuse("learn", "expected an encoder for it, found \(noEncoder)")
        }
        let templates = RouteTemplates.read(section, templates: templates)
        let cacheTags = section.values("cache_tags", .cacheTag).map(\.value)
        if cacheTags.count > CacheTags.countLimit {
            section.refuse(
                "cache_tags", "expected at most \(CacheTags.countLimit) tags, found \(cacheTags.count)")
        }
        let cacheLives = CacheLives.read(section, softLives)
        let cachePolicy = CachePolicy.read(section, behind: cacheMode)
        let isVirtual = section.has("choose")
        var deployments = UniqueValues("a route's target (its provider and model)")
        let targets = section.list("targets") { section in
            let target = TargetConfiguration.read(section, providers: providers, limits: &limits)
            if let target {
                let key = target.model == nil ? "provider" : "model"
                deployments.take(target.deployment.description, of: key, in: section)
            }
            check(section, isVirtual: isVirtual, tiers: selection?.tiers)
            return target
        }
        if targets.count > PickRequest.candidateLimit {
            section.refuse("targets", "expected at most \(PickRequest.candidateLimit) targets, found \(targets.count)")
        }
        if !section.has("targets") {
            section.refuse("targets", "expected a list of at least one target, found nothing")
        } else if isVirtual {
            checkTiers(section, selection, targets)
        } else {
            checkPriorities(section, rule, targets)
        }
        let recovery = RouteConfiguration.Recovery.read(section, targets: targets)
        guard let model else { return nil }
        var route = RouteConfiguration(model: model, targets: targets, threshold: threshold)
        route.maxWrongHits = maxWrongHits
        route.rule = rule
        route.selection = selection
        if let sessions { route.sessions = sessions }
        route.hedge = hedge
        route.take(recovery)
        route.learning = learning
        route.templates = templates
        route.cacheTags = cacheTags
        route.cacheLives = cacheLives
        route.cache = cachePolicy
        return route
    }

    /// What one target must and must not say.
    /// - Parameter tiers: nil where the choice itself has a problem already.
    private func check(_ section: ConfigSection, isVirtual: Bool, tiers: [String]?) {
        let tier = section.optional("tier", .name)
        guard isVirtual else {
            if section.has("tier") {
                section.refuse("tier", "expected no tier on a route without choose, found one; there is priority")
            }
            return
        }
        if let tier, let tiers { SelectionConfiguration.checkTier(tier, among: tiers, of: "tier", in: section) }
        if !section.has("tier") {
            section.refuse("tier", "expected the tier of this target, as the route has choose, found nothing")
        }
        if !section.has("model") {
            section.refuse("model", "expected the model's name there, as the route's own is no model, found nothing")
        }
        if section.has("priority") {
            section.refuse("priority", "expected no priority on a route with choose, found one; its tiers decide")
        }
    }

    private func checkTiers(
        _ section: ConfigSection, _ selection: SelectionConfiguration?, _ targets: [TargetConfiguration]
    ) {
        if section.has("by_priority") {
            section.refuse(
                "by_priority", "expected none on a route with choose, found some; its tiers have no priority")
        }
        for tier in selection?.tiers ?? [] {
            let own = targets.filter { $0.tier == tier }
            if own.isEmpty { section.refuse("targets", "expected a target of the tier \(tier), found none") }
            checkWeights(own, "the tier \(tier)", in: section)
        }
    }

    private func checkPriorities(_ section: ConfigSection, _ rule: RouteRule, _ targets: [TargetConfiguration]) {
        let priorities = Set(targets.map(\.priority)).sorted()
        for priority in priorities {
            checkWeights(targets.filter { $0.priority == priority }, "the priority \(priority)", in: section)
        }
        for priority in rule.tiers.keys.sorted() where !priorities.contains(priority) {
            section.refuse("by_priority", "expected priorities that targets have, found \(priority)")
        }
    }

    private func checkWeights(_ targets: [TargetConfiguration], _ group: String, in section: ConfigSection) {
        guard !targets.isEmpty, targets.allSatisfy({ $0.weight == 0 }) else { return }
        section.refuse("targets", "expected a target of \(group) with a weight above 0, found none")
    }
}
