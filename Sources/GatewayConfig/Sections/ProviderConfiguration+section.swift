import GatewayCore
import Routing

extension ProviderConfiguration {
    /// Reads one item of `providers`. Nil, after an issue, without a name or an address.
    /// - Parameter names: takes its name.
    static func read(_ section: ConfigSection, names: inout UniqueValues) -> ProviderConfiguration? {
        let name = section.required("name", .name)
        if let name { names.take(name, of: "name", in: section) }
        var api = ProviderAPI.compatible
        section.read("api", .choice, into: &api)
        let baseURL = section.required("base_url", .baseURL)
        let allowsPrivateAddresses = section.readPrivateHost(baseURL)
        let key = section.optional("api_key", .watchedSecret(section.reader.secrets))
        let time = ConfigKind.duration(.milliseconds(1) ... .seconds(86_400))
        var deadlines = CallDeadlines()
        section.read("connect_timeout", time, into: &deadlines.connect)
        section.read("first_byte_timeout", time, into: &deadlines.firstByte)
        section.read("first_content_timeout", time, into: &deadlines.firstContent)
        section.read("idle_timeout", time, into: &deadlines.idle)
        section.read("total_timeout", time, into: &deadlines.total)
        guard let name, let baseURL else { return nil }
        var provider = ProviderConfiguration(
            name: name, baseURL: baseURL, key: key?.secret, allowsPrivateAddresses: allowsPrivateAddresses)
        provider.deadlines = deadlines
        if let key, key.reference.mayChange, let keys = provider.keys {
            section.reader.noteWatched(.init(provider: name, reference: key.reference, keys: keys))
        }
        provider.api = api
        provider.place = ProviderPlace.read(section, api: api)
        var policy = UnsupportedParameters.drop
        section.read("unsupported_params", .choice, into: &policy)
        provider.dropsParameters = policy == .drop
        provider.references = Set(section.values("allow_references", .choice).map(\.value))
        return provider
    }
}

/// What becomes of parameters that a provider's API has no word for.
private enum UnsupportedParameters: String, CaseIterable {
    case drop, reject
}

extension ProviderPlace {
    /// Reads what the address of a provider's API is made of.
    fileprivate static func read(_ section: ConfigSection, api: ProviderAPI) -> ProviderPlace {
        var place = ProviderPlace()
        place.region = section.optional("region", .name)
        place.project = section.optional("project", .name)
        place.version = section.optional("api_version", .name)
        let needsRegion = api == .bedrock || api == .vertex
        if needsRegion, place.region == nil, !section.has("region") {
            section.refuse("region", "expected a region for the API \(api.rawValue), found none")
        }
        if api == .vertex, place.project == nil, !section.has("project") {
            section.refuse("project", "expected a project for the API vertex, found none")
        }
        return place
    }
}
