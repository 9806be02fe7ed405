extension LiteLLMFile {
    private static let wildcard = "*"

    /// Reads one entry of `model_list`, or notes why it cannot be taken over.
    /// - Parameter timeout: in seconds, for an entry that names none.
    mutating func readDeployment(_ entry: LiteLLMNode, timeout: Double?) {
        let parameters = entry["litellm_params"]
        guard let group = entry["model_name"].text, let full = parameters["model"].text, Self.isWord(group),
            Self.isWord(full)
        else { return note(entry, "expected a model_name and litellm_params.model without spaces") }
        if let mode = entry["model_info"]["mode"].text, !["chat", "completion"].contains(mode) {
            return note(entry, "not a model for chat completions")
        }
        guard group == Self.wildcard || !group.contains(Self.wildcard) else {
            return note(entry, "only * alone stands for all other names")
        }
        let (prefix, named) = Self.split(full, prefix: parameters["custom_llm_provider"].text)
        guard let provider = LiteLLMProvider.named(prefix) else {
            return note(entry, "its provider is not known here, or takes more than a key: see api of a provider")
        }
        var model = named
        guard let place = place(parameters, of: provider, model: &model) else { return }
        guard Self.isWord(model) else { return note(parameters["model"], "expected a model behind its provider") }
        guard let address = address(parameters["api_base"], of: provider, usual: place.address) else { return }
        let key = parameters["api_key"]
        let own = key.isPresent ? self.variable(key) : provider.variable
        // A cloud's key has another form here.
        let variable = place.region == nil ? own : provider.variable
        let time = timeoutMilliseconds(parameters["timeout"].number ?? timeout, of: entry)
        var deployment = LiteLLMDeployment(
            group: group,
            account: LiteLLMDeployment.Account(
                prefix: prefix, baseURL: address, variable: variable,
                timeoutMilliseconds: time, region: place.region, project: place.project),
            model: model == Self.wildcard ? nil : model)
        deployment.priority = min(parameters["order"].count ?? 0, 500)
        deployment.weight = parameters["weight"].number.flatMap { $0 <= 1_000_000 ? $0 : nil }
        // What is larger limits nothing, and our file does not take it.
        let limits = [
            ("rpm", "rpm", 1_000_000), ("tpm", "tpm", 1_000_000_000_000),
            ("max_parallel_requests", "concurrency", 1_000_000),
        ]
        for (theirs, ours, most) in limits {
            if let count = parameters[theirs].count, count <= most { deployment.limits.append((ours, count)) }
        }
        add(deployment)
        noteRest(parameters)
    }

    /// Below an hour, which is the longest that a limited call may take here.
    private mutating func timeoutMilliseconds(_ seconds: Double?, of entry: LiteLLMNode) -> Int? {
        guard let seconds, seconds >= 0.001 else { return nil }
        let longest = 3540.0
        if seconds > longest { note(entry, "its timeout is longer than is taken here: \(Int(longest)) s instead") }
        return Int(min(seconds, longest) * 1000)
    }

    /// The provider's prefix and the model's name there.
    private static func split(_ full: String, prefix: String?) -> (prefix: String, model: String) {
        if let prefix {
            return (prefix, full.hasPrefix("\(prefix)/") ? String(full.dropFirst(prefix.count + 1)) : full)
        }
        guard let slash = full.firstIndex(of: "/") else { return (LiteLLMProvider.of(model: full), full) }
        return (String(full[..<slash]), String(full[full.index(after: slash)...]))
    }

    /// Where the provider is; nil, after a note, when that cannot be said in our file.
    /// - Parameter usual: in the deployment's own place; nil for the provider's.
    private mutating func address(
        _ node: LiteLLMNode, of provider: LiteLLMProvider, usual: String?
    ) -> String? {
        guard var text = node.text else {
            if let usual { return usual }
            if provider.address == nil { note(node, "expected an address, as this provider has no usual one") }
            return provider.address
        }
        guard text.hasPrefix("http://") || text.hasPrefix("https://"), Self.isWord(text),
            !text.contains(where: { "@?#".contains($0) })
        else {
            note(node, "an address must stand in the file itself, as http://… or https://… without user and query")
            return nil
        }
        while text.hasSuffix("/") { text.removeLast() }
        if let end = provider.droppedEnds.first(where: { text.hasSuffix($0) }) { text.removeLast(end.count) }
        let suffix = provider.suffix.text
        return text.hasSuffix(suffix) ? text : text + suffix
    }

    private mutating func noteRest(_ parameters: LiteLLMNode) {
        let taken = [
            "model", "custom_llm_provider", "api_base", "api_key", "timeout", "order", "weight", "rpm", "tpm",
            "max_parallel_requests",
        ]
        let reasons = [
            "api_version": "the address has the version", "tags": "see match of a target",
            "region_name": "see region of a model, in models", "input_cost_per_token": "see prices in models",
            "output_cost_per_token": "see prices in models",
        ]
        for name in parameters.names where !taken.contains(name) {
            let reason = Self.cloudMembers[name] ?? reasons[name] ?? "no counterpart"
            if !reason.isEmpty { note(parameters[name], reason) }
        }
    }

    static func isWord(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
