/// How HashiCorp Vault is asked.
package struct VaultConfiguration: Sendable {
    /// Without a slash at the end; nil when nobody said.
    var address: String?
    /// Read again for every question, as an agent may replace it. Never itself in Vault.
    var token = SecretReference.variable("VAULT_TOKEN")
    var namespace: String?
    /// How often keys are read again. A shorter lease counts instead.
    var refresh: Duration = .seconds(300)
    /// For one answer.
    var timeout: Duration = .seconds(5)
    /// Trusted certificates (PEM); nil for the system's.
    var certificateAuthorityFile: String?
}
