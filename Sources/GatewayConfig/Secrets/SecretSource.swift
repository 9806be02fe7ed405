import GatewayCore

/// Looks up what `env:NAME`, `file:PATH` and `vault:MOUNT/PATH#FIELD` refer to. Secrets never stand in the
/// configuration file itself.
struct SecretSource {
    let environment: (String) -> String?
    let readFile: (String) throws -> String
    /// Gives what was read from Vault before.
    var readVault: (VaultReference) throws(ConfigProblem) -> String = { _ throws(ConfigProblem) in
        throw ConfigProblem("expected no secret in Vault, which is not asked here")
    }

    /// What a secret is expected to be, as it reads after that word.
    static let expected = "a reference, env:NAME, file:PATH or \(VaultReference.form)"
    /// Bytes of the longest secret.
    static let lengthLimit = 16 * 1024

    /// Whether a text refers to something on this machine.
    static func isLocal(_ text: String) -> Bool {
        text.hasPrefix("env:") || text.hasPrefix("file:")
    }

    /// Understands a reference.
    /// - Throws: a problem that does not repeat a text that is no reference, because it may be the secret.
    static func reference(_ text: String) throws(ConfigProblem) -> SecretReference {
        if text.hasPrefix("env:") { return .variable(try name(String(text.dropFirst(4)))) }
        if text.hasPrefix("file:") {
            guard text.utf8.count > 5 else { throw ConfigProblem("expected a path after file:, found nothing") }
            return .file(String(text.dropFirst(5)))
        }
        if text.hasPrefix("vault:") { return .vault(try VaultReference(text.dropFirst(6))) }
        throw ConfigProblem("expected \(expected), found something else (not shown: it may be the secret)")
    }

    /// The secret itself, without the line end that editors put behind it.
    /// - Throws: a problem that names the variable, file or path, and never repeats the secret.
    func read(_ reference: SecretReference) throws(ConfigProblem) -> Secret {
        switch reference {
        case .variable(let name):
            guard let value = environment(name) else {
                throw ConfigProblem("expected the environment variable \(name), found it unset")
            }
            return try Self.checked(value, of: "the environment variable \(name)")
        case .file(let path): return try Self.file(path, read: readFile)
        case .vault(let reference): return try Self.checked(try readVault(reference), of: "\(reference)")
        }
    }

    /// The secret in a file. Blocks on the file system.
    static func file(_ path: String, read: (String) throws -> String) throws(ConfigProblem) -> Secret {
        let shown = FoundText.shown(path, limit: FoundText.pathLengthLimit)
        let text: String
        do {
            text = try read(path)
        } catch {
            throw ConfigProblem("expected a readable file \(shown), but: \(error)")
        }
        return try checked(text, of: "the file \(shown)")
    }

    private static func name(_ name: String) throws(ConfigProblem) -> String {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, let first = name.utf8.first, !(0x30...0x39).contains(first) else {
            throw ConfigProblem(
                "expected a variable's name of letters, digits and '_' after env:, found something else")
        }
        return name
    }

    /// A secret without its line end, if it can be one.
    static func checked(_ text: String, of place: String) throws(ConfigProblem) -> Secret {
        var scalars = text.unicodeScalars[...]
        if scalars.last == "\n" { scalars.removeLast() }
        if scalars.last == "\r" { scalars.removeLast() }
        guard !scalars.isEmpty else { throw ConfigProblem("expected a secret in \(place), found it empty") }
        let secret = String(scalars)
        guard secret.utf8.count <= lengthLimit else {
            throw ConfigProblem("expected at most \(lengthLimit) bytes in \(place), found \(secret.utf8.count)")
        }
        // Keys become HTTP header values, where a line end would start the next header.
        guard scalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw ConfigProblem("expected one line in \(place), found control characters")
        }
        return Secret(secret)
    }
}
