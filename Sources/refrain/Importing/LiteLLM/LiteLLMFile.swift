/// What can be taken over of a LiteLLM configuration, and notes about the rest.
struct LiteLLMFile {
    private(set) var deployments: [LiteLLMDeployment] = []
    /// Groups that are tried after a group, in their order.
    private(set) var fallbacks: [String: [String]] = [:]
    /// The same for what does not fit into a window, and for what moderation refuses; `*` stands for all groups.
    private(set) var contextFallbacks: [String: [String]] = [:]
    private(set) var policyFallbacks: [String: [String]] = [:]
    /// Groups that are tried after any group.
    private(set) var defaultFallbacks: [String] = []
    /// Other names of groups, in the order of the file.
    private(set) var aliases: [(name: String, group: String)] = []
    /// Ours; LiteLLM's default is to shuffle by weight.
    private(set) var strategy = "weighted"
    private(set) var cooldownSeconds: Int?
    /// How often a target is called again; nil where the file does not say.
    private(set) var retries: Int?
    /// The variable of the key all callers send.
    private(set) var masterKey: String?
    private(set) var notes: [LiteLLMNote] = []
    /// Keys that stand in the file as they are; none of them is kept.
    private(set) var literalKeys: [String] = []

    /// - Throws: what keeps the file from being taken over: no YAML, no model that can be, or keys in it.
    init(_ yaml: String) throws(LiteLLMProblem) {
        let root = try LiteLLMNode(yaml: yaml)
        readRouter(root)
        readRetries(root)
        readFallbacks(root)
        readGeneral(root)
        for entry in root["model_list"].items { readDeployment(entry, timeout: defaultTimeout(root)) }
        guard literalKeys.isEmpty else {
            throw LiteLLMProblem(
                literalKeys.map { path in
                    "\(path): expected os.environ/NAME, found a key itself (not shown); put it into an environment "
                        + "variable and name that here"
                }.joined(separator: "\n"))
        }
        guard !deployments.isEmpty else {
            let reasons = notes.filter { $0.path.hasPrefix("model_list") }.map { "\n\($0.path): \($0.text)" }.joined()
            throw LiteLLMProblem("expected a model_list with models that can be taken over, found none\(reasons)")
        }
    }

    mutating func note(_ node: LiteLLMNode, _ text: String) { notes.append(LiteLLMNote(path: node.path, text: text)) }

    mutating func add(_ deployment: LiteLLMDeployment) { deployments.append(deployment) }

    /// The variable that a key is taken from; nil for anything else, which is noted as a literal key.
    mutating func variable(_ node: LiteLLMNode) -> String? {
        guard let text = node.text else { return nil }
        let start = "os.environ/"
        let name = text.dropFirst(start.count)
        let isDigit = name.utf8.first.map { (0x30...0x39).contains($0) } ?? true
        let isName = !isDigit && name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        if text.hasPrefix(start), isName { return String(name) }
        literalKeys.append(node.path)
        return nil
    }

    private func defaultTimeout(_ root: LiteLLMNode) -> Double? {
        root["router_settings"]["timeout"].number ?? root["litellm_settings"]["request_timeout"].number
    }

    private mutating func readRouter(_ root: LiteLLMNode) {
        let router = root["router_settings"]
        let known = [
            "simple-shuffle": "weighted", "least-busy": "least_busy", "usage-based-routing": "headroom",
            "usage-based-routing-v2": "headroom", "latency-based-routing": "latency", "cost-based-routing": "cheapest",
        ]
        if let name = router["routing_strategy"].text {
            if let ours = known[name] { strategy = ours } else {
                note(router["routing_strategy"], "no such strategy here; weighted stands in its place")
            }
        }
        let aliases = router["model_group_alias"]
        for name in aliases.names {
            if let group = aliases[name].text ?? aliases[name]["model"].text { self.aliases.append((name, group)) }
        }
        if let cooldown = router["cooldown_time"].count {
            if cooldown <= 300 { cooldownSeconds = cooldown } else {
                note(router["cooldown_time"], "longer than routing.health.open_max; set both there")
            }
        }
        let reasons = [
            "allowed_fails": "see routing.health",
            "redis_host": "see redis.url", "redis_port": "see redis.url", "redis_url": "see redis.url",
            "redis_password": "see redis.password",
        ]
        let taken = Self.fallbackMembers + [
            "routing_strategy", "model_group_alias", "cooldown_time", "timeout", "num_retries",
        ]
        for name in router.names where !taken.contains(name) { note(router[name], reasons[name] ?? "no counterpart") }
    }

    /// The router's own number goes before that of all calls.
    private mutating func readRetries(_ root: LiteLLMNode) {
        let (own, all) = (root["router_settings"]["num_retries"], root["litellm_settings"]["num_retries"])
        let node = own.count == nil ? all : own
        guard let count = node.count else { return }
        if count <= Self.mostRetries { retries = count } else {
            note(node, "more than \(Self.mostRetries), which is the most for retry of a route")
        }
    }

    private static let mostRetries = 10

    private static let fallbackMembers = [
        "fallbacks", "default_fallbacks", "context_window_fallbacks", "content_policy_fallbacks",
    ]

    private mutating func readFallbacks(_ root: LiteLLMNode) {
        for section in [root["router_settings"], root["litellm_settings"]] {
            defaultFallbacks += section["default_fallbacks"].texts
            Self.read(section["fallbacks"], into: &fallbacks)
            Self.read(section["context_window_fallbacks"], into: &contextFallbacks)
            Self.read(section["content_policy_fallbacks"], into: &policyFallbacks)
        }
        defaultFallbacks += fallbacks.removeValue(forKey: "*") ?? []
    }

    private static func read(_ list: LiteLLMNode, into groups: inout [String: [String]]) {
        for item in list.items {
            for name in item.names { groups[name, default: []] += item[name].texts }
        }
    }

    private mutating func readGeneral(_ root: LiteLLMNode) {
        masterKey = variable(root["general_settings"]["master_key"])
        let settings = root["litellm_settings"]
        let reasons = [
            "cache": "see cache", "cache_params": "see cache",
        ]
        let taken = Self.fallbackMembers + ["request_timeout", "num_retries"]
        for name in settings.names where !taken.contains(name) {
            note(settings[name], reasons[name] ?? "no counterpart")
        }
        for name in root["general_settings"].names where name != "master_key" {
            note(root["general_settings"][name], "no counterpart")
        }
        let sections = ["model_list", "router_settings", "litellm_settings", "general_settings"]
        for name in root.names where !sections.contains(name) { note(root[name], "no counterpart") }
    }
}
