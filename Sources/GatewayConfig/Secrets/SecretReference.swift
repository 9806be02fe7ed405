/// Where a secret stands; the configuration holds this instead of the secret.
package enum SecretReference: Sendable, Hashable {
    /// An environment variable, by its name.
    case variable(String)
    /// A file, by its path.
    case file(String)
    case vault(VaultReference)

    /// Whether what it leads to may become another while the process runs.
    var mayChange: Bool {
        switch self {
        case .variable: false
        case .file, .vault: true
        }
    }
}
