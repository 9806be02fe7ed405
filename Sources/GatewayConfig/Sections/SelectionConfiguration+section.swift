import GatewayCore
import Routing

extension SelectionConfiguration {
    /// Reads `choose` of a route. Nil, after an issue, without tiers or a default.
    /// - Parameter noEncoder: why there are no vectors of requests; nil when there are.
    static func read(_ section: ConfigSection, noEncoder: String?) -> SelectionConfiguration? {
        var names = UniqueValues("a tier's name")
        for (index, name) in section.values("tiers", .name) { names.take(name, of: "tiers", index: index, in: section) }
        let tiers = names.all
        if !section.has("tiers") {
            section.refuse("tiers", "expected a list of at least one tier, the weakest first, found nothing")
        }
        let defaultTier = section.required("default_tier", .name)
        if let defaultTier { checkTier(defaultTier, among: tiers, of: "default_tier", in: section) }
        var selection = SelectionConfiguration(tiers: tiers, defaultTier: defaultTier ?? "")
        section.read("objective", .choice, into: &selection.objective)
        var rules = UniqueValues("a rule's name")
        selection.rules = section.list("rules") { SelectionRule.read($0, tiers: tiers, taken: &rules) }
        var examples = UniqueValues("a name of examples")
        selection.examples = section.list("examples") { Examples.read($0, tiers: tiers, taken: &examples) }
        if let noEncoder, section.has("examples") {
            section.refuse("examples", "expected an encoder for them, found \(noEncoder)")
        }
        selection.thresholds = readThresholds(section, tiers: tiers)
        section.read("confidence", .number(0...1), into: &selection.confidence)
        return tiers.isEmpty || defaultTier == nil ? nil : selection
    }

    /// One threshold for each border between tiers, rising.
    private static func readThresholds(_ section: ConfigSection, tiers: [String]) -> [Float]? {
        guard section.has("thresholds") else { return nil }
        let read = section.values("thresholds", ConfigKind<Float>.number(0...1))
        let borders = max(0, tiers.count - 1)
        if !tiers.isEmpty, read.count != borders {
            section.refuse(
                "thresholds",
                "expected one for each border between the \(tiers.count) tiers (\(borders)), found \(read.count)")
        }
        for (one, next) in zip(read, read.dropFirst()) where next.value <= one.value {
            section.refuse("thresholds", index: next.index, "expected more than the one before it, found less")
        }
        return read.map(\.value)
    }

    /// Notes an issue when a tier that is referred to is none of the route's.
    static func checkTier(_ tier: String, among tiers: [String], of key: String, in section: ConfigSection) {
        KnownName.check(tier, among: tiers, "one of the tiers of this route", of: key, in: section)
    }
}

extension SelectionConfiguration.Examples {
    /// How near a request must be to one of the phrases, where the operator says nothing else. How near similar texts
    /// are depends on the encoder; for all-MiniLM-L6-v2 this is a paraphrase rather than a related subject.
    private static let usualThreshold: Float = 0.6

    fileprivate static func read(
        _ section: ConfigSection, tiers: [String], taken: inout UniqueValues
    ) -> SelectionConfiguration.Examples? {
        let name = section.required("name", .name)
        if let name { taken.take(name, of: "name", in: section) }
        let tier = section.required("tier", .name)
        if let tier { SelectionConfiguration.checkTier(tier, among: tiers, of: "tier", in: section) }
        let phrases = section.values("phrases", .text("a phrase", limit: 2048)).map(\.value)
        if !section.has("phrases") {
            section.refuse("phrases", "expected a list of at least one phrase, found nothing")
        }
        var threshold = usualThreshold
        section.read("threshold", .number(0...1), into: &threshold)
        guard let name, let tier else { return nil }
        return SelectionConfiguration.Examples(name: name, tier: tier, phrases: phrases, threshold: threshold)
    }
}

extension SelectionRule {
    fileprivate static func read(
        _ section: ConfigSection, tiers: [String], taken: inout UniqueValues
    ) -> SelectionRule? {
        let name = section.required("name", .name)
        if let name { taken.take(name, of: "name", in: section) }
        let tier = section.required("tier", .name)
        if let tier { SelectionConfiguration.checkTier(tier, among: tiers, of: "tier", in: section) }
        let conditions = ["metadata", "keywords", "tasks", "has_code", "prompt_bytes", "conversation_bytes"]
        var rule = SelectionRule(name: name ?? "", tier: tier ?? "")
        rule.metadata = section.labels("metadata").map { MatchRule(metadata: $0) }
        rule.keywords = section.values("keywords", .text("a word or phrase", limit: 256)).map(\.value)
        rule.tasks = Set(section.values("tasks", ConfigKind<TaskType>.choice).map(\.value))
        rule.hasCode = section.optional("has_code", .bool)
        rule.promptBytes = section.optional("prompt_bytes", .sizeRange)
        rule.conversationBytes = section.optional("conversation_bytes", .sizeRange)
        if !conditions.contains(where: section.has) {
            section.refuse("name", "expected a condition beside it (\(conditions.joined(separator: ", "))), found none")
        }
        return name == nil || tier == nil ? nil : rule
    }
}
