import GatewayCore

extension ConfigKind where Value == Secret {
    /// A secret by reference.
    static func secret(_ source: SecretSource) -> ConfigKind {
        ConfigKind(SecretSource.expected) { text throws(ConfigProblem) in
            try source.read(try SecretSource.reference(text))
        }
    }
}

extension ConfigKind where Value == TenantKeySection {
    /// A key without anything of its own, by reference.
    static func tenantKey(_ source: SecretSource) -> ConfigKind {
        ConfigKind(SecretSource.expected) { text throws(ConfigProblem) in
            TenantKeySection(key: try source.read(try SecretSource.reference(text)))
        }
    }
}

extension ConfigKind where Value == (reference: SecretReference, secret: Secret) {
    /// A secret with the reference to it, so that it can be read again.
    static func watchedSecret(_ source: SecretSource) -> ConfigKind {
        ConfigKind(SecretSource.expected) { text throws(ConfigProblem) in
            let reference = try SecretSource.reference(text)
            return (reference, try source.read(reference))
        }
    }
}

extension ConfigKind where Value == SecretReference {
    /// A reference that needs no other service. What it leads to is looked at when it is needed.
    static func localReference(_ source: SecretSource) -> ConfigKind {
        let expected = "env:NAME or file:PATH"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            guard SecretSource.isLocal(text) else { throw ConfigProblem("expected \(expected), found something else") }
            return try SecretSource.reference(text)
        }
    }
}
