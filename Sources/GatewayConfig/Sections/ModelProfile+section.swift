import GatewayCore
import Routing

extension ModelProfile {
    /// Reads one model over what is known of it already.
    mutating func read(_ section: ConfigSection) {
        let tokens = ConfigKind.integer(1...1_000_000_000)
        family = section.optional("family", .name) ?? family
        contextTokens = section.optional("context", tokens) ?? contextTokens
        maxOutputTokens = section.optional("max_output", tokens) ?? maxOutputTokens
        let abilities = section.values("capabilities", .capability)
        if !abilities.isEmpty { capabilities = abilities.reduce(into: []) { $0.formUnion($1.value) } }
        if let read = section.optionalSection("prices", { ModelPrices.read($0, over: prices) }) { prices = read }
        region = section.optional("region", .name) ?? region
        jurisdiction = section.optional("jurisdiction", .name) ?? jurisdiction
        retention = section.optional("retention", .choice) ?? retention
        clearance = section.optional("clearance", .choice) ?? clearance
        quality = section.optional("quality", .number(0...1)) ?? quality
        for (task, value) in Self.qualities(section) { qualityByTask[task] = value }
        section.read("reserve", .choice, into: &reserve)
        if let rule = section.optionalSection("image_tokens", ImageTokenRule.read) { images = rule }
    }

    private static func qualities(_ section: ConfigSection) -> [(TaskType, Float)] {
        section.list("quality_by_task") { section in
            let task = section.required("task", ConfigKind<TaskType>.choice)
            let quality = section.required("quality", ConfigKind<Float>.number(0...1))
            guard let task, let quality else { return nil }
            return (task, quality)
        }
    }
}

extension ModelPrices {
    /// Reads prices over those there are. Nil, after an issue, when input or output have none.
    fileprivate static func read(_ section: ConfigSection, over known: ModelPrices?) -> ModelPrices? {
        let input = known.map { section.optional("input", .price) ?? $0.input } ?? section.required("input", .price)
        let output = known.map { section.optional("output", .price) ?? $0.output } ?? section.required("output", .price)
        var prices = known ?? ModelPrices(input: .free, output: .free)
        prices.cachedInput = section.optional("cached_input", .price) ?? prices.cachedInput
        prices.cacheWrite = section.optional("cache_write", .price) ?? prices.cacheWrite
        prices.cacheWrite1h = section.optional("cache_write_1h", .price) ?? prices.cacheWrite1h
        prices.reasoning = section.optional("reasoning", .price) ?? prices.reasoning
        prices.audioInput = section.optional("audio_input", .price) ?? prices.audioInput
        prices.audioOutput = section.optional("audio_output", .price) ?? prices.audioOutput
        guard let input, let output else { return nil }
        prices.input = input
        prices.output = output
        return prices
    }
}

extension ImageTokenRule {
    /// The names of the rules.
    fileprivate enum Name: String, CaseIterable {
        case tiles, patches, area, crops, fixed
    }

    fileprivate static func read(_ section: ConfigSection) -> ImageTokenRule? {
        let count = ConfigKind.integer(0...1_000_000)
        let rule = section.required("rule", ConfigKind<Name>.choice)
        let base = section.optional("base", count)
        let tile = section.optional("tile", count)
        let permille = section.optional("permille", count)
        let tokens = section.optional("tokens", count)
        switch rule {
        case .tiles: return .tiles(base: base ?? 85, tile: tile ?? 170)
        case .patches: return .patches(permille: permille ?? 1000)
        case .area: return .area
        case .crops: return .crops
        case .fixed: return .fixed(tokens ?? 0)
        case nil: return nil
        }
    }
}

extension ConfigKind where Value == TokenPrice {
    /// Dollars for a million tokens.
    fileprivate static var price: ConfigKind {
        ConfigKind("dollars for a million tokens, such as 2.50, with at most six digits behind the point") {
            TokenPrice(dollarsPerMillion: $0)
        }
    }
}

extension ConfigKind where Value == ModelCapabilities {
    fileprivate static var capability: ConfigKind {
        let names = ModelCapabilities.names
        return ConfigKind("one of \(names.map(\.name).joined(separator: ", "))") { text in
            names.first { $0.name == text }?.capability
        }
    }
}
