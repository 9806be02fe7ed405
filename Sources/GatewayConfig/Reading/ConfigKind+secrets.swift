import GatewayCore

extension ConfigKind where Value == Secret {
    /// A secret by reference.
    static func secret(_ source: SecretSource) -> ConfigKind {
        ConfigKind(SecretSource.expected) { text throws(ConfigProblem) in try source.resolve(text) }
    }
}
