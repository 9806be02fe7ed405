import GatewayConfig

extension LiteLLMImport {
    /// The configuration as our file has it.
    func yaml() -> String {
        var lines = ["# Taken over from a LiteLLM configuration. What is not here has its default."]
        if !notes.isEmpty {
            lines.append("#")
            lines.append("# Not taken over:")
            lines += notes.map { "#   \($0.path): \($0.text)" }
        }
        if let key = file.masterKey {
            lines += ["", "tenants:", "  - id: main                  # everybody who has LiteLLM's master key"]
            lines.append("    keys: [\"env:\(key)\"]")
        }
        lines += ["", "providers:"]
        for provider in providers { lines += self.lines(of: provider) }
        lines += ["", "routes:"]
        for route in routes { lines += self.lines(of: route) }
        if let cooldown = file.cooldownSeconds {
            lines += ["", "routing:", "  health:", "    open_min: \(cooldown)s             # LiteLLM's cooldown_time"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of provider: Provider) -> [String] {
        var lines = ["  - name: \(Self.quoted(provider.name))"]
        lines.append("    base_url: \(Self.quoted(provider.account.baseURL))")
        if let api = LiteLLMProvider.named(provider.account.prefix)?.api { lines.append("    api: \(api)") }
        if let region = provider.account.region { lines.append("    region: \(Self.quoted(region))") }
        if let project = provider.account.project { lines.append("    project: \(Self.quoted(project))") }
        if PrivateHost.use(ofURL: provider.account.baseURL) != nil { lines.append("    allow_private: true") }
        if let variable = provider.account.variable { lines.append("    api_key: env:\(variable)") }
        if let timeout = provider.account.timeoutMilliseconds {
            lines.append("    total_timeout: \(timeout.isMultiple(of: 1000) ? "\(timeout / 1000)s" : "\(timeout)ms")")
        }
        return lines
    }

    private func lines(of route: Route) -> [String] {
        var lines = ["  - model: \(Self.quoted(route.model))"]
        if route.targets.count > 1 { lines.append("    strategy: \(file.strategy)") }
        if let retries = file.retries { lines.append("    retry: {attempts: \(retries)}") }
        lines.append("    targets:")
        for target in route.targets {
            var parts = ["provider: \(Self.quoted(providerName(target.account)))"]
            if let model = target.model { parts.append("model: \(Self.quoted(model))") }
            if target.priority > 0 { parts.append("priority: \(target.priority)") }
            if let weight = target.weight { parts.append("weight: \(Self.plain(weight))") }
            if !target.limits.isEmpty {
                let limits = target.limits.map { "\($0.name): \($0.count)" }.joined(separator: ", ")
                parts.append("limits: {\(limits)}")
            }
            lines.append("      - {\(parts.joined(separator: ", "))}")
        }
        let lists = [("context_length", route.contextLength), ("content_policy", route.contentPolicy)]
            .filter { !$0.1.isEmpty }
        if !lists.isEmpty { lines.append("    fallbacks:") }
        for (name, targets) in lists {
            lines.append("      \(name): [\(targets.map(deployment).joined(separator: ", "))]")
        }
        return lines
    }

    /// As our file names a target.
    private func deployment(_ target: LiteLLMDeployment) -> String {
        Self.quoted(providerName(target.account) + (target.model.map { "/\($0)" } ?? ""))
    }

    /// In double quotes unless it is a plain name: `*`, `:` and others mean something in YAML.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        if isPlain, let first = text.utf8.first, first > UInt8(ascii: "9"), text != "null" { return text }
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }

    /// At most three digits behind the point, as our reader knows no exponents.
    private static func plain(_ number: Double) -> String {
        let thousandths = Int((number * 1000).rounded())
        if thousandths.isMultiple(of: 1000) { return String(thousandths / 1000) }
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
