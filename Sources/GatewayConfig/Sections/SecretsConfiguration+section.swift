extension SecretsConfiguration {
    /// Reads `secrets`.
    mutating func read(_ section: ConfigSection) {
        section.read("file_interval", .duration(.milliseconds(100) ... .seconds(3600)), into: &fileInterval)
        section.read("overlap", .duration(.zero ... .seconds(7 * 86_400)), into: &overlap)
        section.section("vault") { vault.read($0) }
    }
}

extension VaultConfiguration {
    /// Reads `secrets.vault`. What is left out comes from the variables that Vault's own tools read.
    fileprivate mutating func read(_ section: ConfigSection) {
        let secrets = section.reader.secrets
        address = section.optional("address", .baseURL) ?? Self.address(secrets.environment("VAULT_ADDR"))
        section.read("token", .localReference(secrets), into: &token)
        namespace =
            section.optional("namespace", .word("a namespace")) ?? Self.filled(secrets.environment("VAULT_NAMESPACE"))
        section.read("refresh", .duration(.seconds(1) ... .seconds(86_400)), into: &refresh)
        section.read("timeout", .duration(.milliseconds(1) ... .seconds(60)), into: &timeout)
        certificateAuthorityFile =
            section.optional("ca_file", .text("a file of certificates"))
            ?? Self.filled(secrets.environment("VAULT_CACERT"))
    }

    private static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    private static func address(_ text: String?) -> String? {
        guard var address = filled(text)?[...] else { return nil }
        while address.hasSuffix("/") { address.removeLast() }
        return String(address)
    }
}
