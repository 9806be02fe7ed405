import GatewayCore
import Routing

extension RoutingConfiguration {
    /// Reads `models_file`, `models`, `providers` and `routes`.
    mutating func read(_ root: ConfigSection) {
        models.read(root)
        var providerNames = UniqueValues("a provider's name")
        providers = root.list("providers") { section in
            let name = section.required("name", .name)
            if let name { providerNames.take(name, of: "name", in: section) }
            return Self.provider(name, section)
        }
        var models = UniqueValues("a route's model")
        routes = root.list("routes") { section in
            let model = section.required("model", .word("a model's name, or * for all others"))
            if let model { models.take(model, of: "model", in: section) }
            let targets = section.list("targets") { Self.target($0, providers: providerNames.all) }
            if !section.has("targets") {
                section.refuse("targets", "expected a list of at least one target, found nothing")
            }
            let threshold = section.optional("threshold", .number(0...1))
            return model.map { RouteConfiguration(model: $0, targets: targets, threshold: threshold) }
        }
    }

    private static func provider(_ name: String?, _ section: ConfigSection) -> ProviderConfiguration? {
        let baseURL = section.required("base_url", .baseURL)
        let key = section.optional("api_key", .secret(section.reader.secrets))
        let time = ConfigKind.duration(.milliseconds(1) ... .seconds(86_400))
        var deadlines = CallDeadlines()
        section.read("connect_timeout", time, into: &deadlines.connect)
        section.read("first_byte_timeout", time, into: &deadlines.firstByte)
        section.read("idle_timeout", time, into: &deadlines.idle)
        section.read("total_timeout", time, into: &deadlines.total)
        guard let name, let baseURL else { return nil }
        var provider = ProviderConfiguration(name: name, baseURL: baseURL, key: key)
        provider.deadlines = deadlines
        return provider
    }

    private static func target(_ section: ConfigSection, providers: [String]) -> TargetConfiguration? {
        let provider = section.required("provider", .name)
        let model = section.optional("model", .word("a model's name"))
        guard let provider else { return nil }
        if !providers.contains(provider) {
            let nearest = NearestName.nearest(to: provider, among: providers)
            let known = providers.isEmpty ? "there are none" : "there are \(providers.joined(separator: ", "))"
            let hint = nearest.map { "did you mean \($0)?" } ?? known
            section.refuse("provider", "expected the name of a provider, found \(provider); \(hint)")
        }
        return TargetConfiguration(provider: provider, model: model)
    }
}
