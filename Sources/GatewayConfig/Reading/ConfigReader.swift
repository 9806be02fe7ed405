/// Collects, while the sections of one file are read, what is wrong and which keys there are.
///
/// Not sendable: one reader belongs to one load.
final class ConfigReader {
    let secrets: SecretSource
    /// Keys that stand again further down in their section, by their place.
    let doubledKeys: [ConfigPosition: String]
    private(set) var issues: [ConfigIssue] = []
    /// Every key that was asked for, such as `routes[].targets[].model`.
    private(set) var knownKeys: Set<String> = []
    /// Every key the file has in the sections that were read.
    private(set) var presentKeys: Set<String> = []
    /// Keys of providers that may change while the gateway runs.
    private(set) var watchedKeys: [SecretsConfiguration.WatchedKey] = []

    init(secrets: SecretSource, doubledKeys: [ConfigPosition: String] = [:]) {
        self.secrets = secrets
        self.doubledKeys = doubledKeys
    }

    func note(_ issue: ConfigIssue) {
        issues.append(issue)
    }

    func noteWatched(_ key: SecretsConfiguration.WatchedKey) {
        watchedKeys.append(key)
    }

    func noteKnown(_ pattern: String) {
        knownKeys.insert(pattern)
    }

    func notePresent(_ pattern: String) {
        presentKeys.insert(pattern)
    }
}
