import Embedding
import GatewayCore
import Policy
import RequestAnalysis
import Routing
import SemanticCache

extension GatewayConfiguration {
    /// Reads a configuration and checks it whole.
    /// - Parameters:
    ///   - yaml: the text, at most 1 MiB.
    ///   - source: the file's name for messages.
    ///   - environment: what `env:NAME` refers to.
    ///   - readFile: gives the content of what `file:PATH` and `models_file` refer to.
    /// - Throws: everything that is wrong, in the order of the file, without any secret.
    package static func load(
        yaml: String, source: String, environment: [String: String], readFile: @escaping (String) throws -> String
    ) throws(ConfigIssues) -> GatewayConfiguration {
        let secrets = SecretSource(environment: { environment[$0] }, readFile: readFile)
        return try load(yaml: yaml, source: source, secrets: secrets).configuration
    }

    /// Reads the configuration file at `path` with the environment and files of this process, and checks it whole.
    /// Connects to nothing: what stands in Vault is only checked for its form. Blocks on the file system.
    /// - Throws: everything that is wrong, in the order of the file, without any secret.
    package static func check(path: String) throws(ConfigIssues) -> GatewayConfiguration {
        try checked(yaml: text(at: path), source: path, secrets: processSecrets).configuration
    }

    /// Reads the configuration file at `path` as ``check(path:)`` does, and what it refers to in Vault.
    /// - Throws: everything that is wrong, in the order of the file, without any secret.
    package static func load(path: String) async throws(ConfigIssues) -> GatewayConfiguration {
        try await load(yaml: text(at: path), source: path, asking: processSecrets)
    }

    /// Reads a configuration; asks Vault if the rest is sound.
    static func load(
        yaml: String, source: String, asking secrets: SecretSource
    ) async throws(ConfigIssues) -> GatewayConfiguration {
        let (configuration, references) = try checked(yaml: yaml, source: source, secrets: secrets)
        if references.isEmpty { return configuration }
        let found = await VaultReadings.read(references, configuration.secrets.vault, secrets: secrets)
        var secrets = secrets
        secrets.readVault = { reference throws(ConfigProblem) in try found.text(of: reference) }
        return try load(yaml: yaml, source: source, secrets: secrets).configuration
    }

    /// Reads a configuration with a text of its own for each secret in Vault, and tells which there are.
    private static func checked(
        yaml: String, source: String, secrets: SecretSource
    ) throws(ConfigIssues) -> (configuration: GatewayConfiguration, references: Set<VaultReference>) {
        let references = ReferenceList()
        var secrets = secrets
        secrets.readVault = { reference throws(ConfigProblem) in
            references.all.insert(reference)
            return "\(reference), which was not read"
        }
        let configuration = try load(yaml: yaml, source: source, secrets: secrets).configuration
        return (configuration, references.all)
    }

    private static func text(at path: String) throws(ConfigIssues) -> String {
        do {
            return try TextFile.read(path, limit: ConfigDocument.lengthLimit)
        } catch {
            throw ConfigIssues(source: path, ConfigIssue("expected a readable file, but: \(error)"))
        }
    }

    /// Files of models come this way too; how long a secret may be is checked when it is read.
    private static var processSecrets: SecretSource {
        SecretSource(environment: ProcessEnvironment.value) { path in
            try TextFile.read(path, limit: ConfigDocument.lengthLimit)
        }
    }

    /// Reads a configuration and tells which keys it has and which there are.
    static func load(
        yaml: String, source: String, secrets: SecretSource
    ) throws(ConfigIssues) -> (configuration: GatewayConfiguration, reader: ConfigReader) {
        let document: ConfigDocument
        do {
            document = try ConfigDocument(yaml)
        } catch {
            throw ConfigIssues(source: source, error)
        }
        let reader = ConfigReader(secrets: secrets, doubledKeys: document.doubledKeys)
        let root = ConfigSection(document.root, path: "", pattern: "", reader: reader)
        var configuration = GatewayConfiguration(root: root)
        configuration.secrets.watched = reader.watchedKeys
        root.finish()
        if let issues = ConfigIssues(source: source, sorting: reader.issues) { throw issues }
        return (configuration, reader)
    }

    private init(root: ConfigSection) {
        root.section("secrets") { secrets.read($0) }
        root.section("server") { section in
            server.read(section)
            section.read("depth_limit", .integer(4...512), into: &analysis.depthLimit)
        }
        root.section("log") { log.read($0) }
        root.section("redis") { redis.read($0) }
        root.section("cache") { section in
            cache.read(section)
            analysis.read(section)
        }
        root.section("embedding") { embedding.read($0) }
        analysis.templates = PromptTemplate.list(root)
        let providers = routing.read(
            root, noEncoder: noEncoder, templates: analysis.templates.map(\.id), servedModel: embedding.servedModel,
            cacheMode: RouteCacheRule(rawValue: cache.mode.rawValue) ?? .off, softLives: SoftLifeCheck(cache))
        checkJudge(root)
        let tenants = TenantSection.list(root, providers: providers)
        policy.tenants = tenants.map(\.configuration)
        cache.quotas.tenants = tenants.isEmpty ? [.open] : tenants.map(\.configuration.id)
        for tenant in tenants { cache.quotas.own[tenant.configuration.id] = tenant.quota }
        root.section("admin") { policy.readAdmin($0) }
        routing.tenantCount = tenants.count
        routing.tenants = Dictionary(
            tenants.compactMap { tenant in tenant.rules.map { (tenant.configuration.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        routing.keys = tenants.reduce(into: [:]) { $0.merge($1.keys) { first, _ in first } }
        root.section("routing") { routing.readOperation($0) }
        root.section("upstream") { section in
            upstream.read(section)
            curl.read(section)
        }
        root.section("responses") { responses.read($0) }
    }

    /// The judge must be a model that somebody answers for.
    private func checkJudge(_ root: ConfigSection) {
        guard let model = cache.audit.model else { return }
        let names = routing.routes.map(\.model)
        guard !names.contains(model), !names.contains(RouteConfiguration.wildcard) else { return }
        root.refuse("cache", "expected a route for the model of cache.audit, found none for \(model)")
    }

    /// Why no request has a vector, as it stands in the file; nil when requests have one.
    private var noEncoder: String? {
        if embedding.provider == .off { return "embedding.provider: \(embedding.provider.rawValue)" }
        return cache.mode == .semantic ? nil : "cache.mode: \(cache.mode.rawValue)"
    }
}

/// The secrets in Vault that one load has come across.
private final class ReferenceList {
    var all: Set<VaultReference> = []
}
