import GatewayCore

/// Looks up what `env:NAME` and `file:PATH` refer to. Secrets never stand in the configuration file itself.
struct SecretSource {
    let environment: (String) -> String?
    let readFile: (String) throws -> String

    /// What a secret is expected to be, as it reads after that word.
    static let expected = "a reference, env:NAME or file:PATH"
    /// Bytes of the longest secret.
    static let lengthLimit = 16 * 1024

    static func isReference(_ text: String) -> Bool {
        text.hasPrefix("env:") || text.hasPrefix("file:")
    }

    /// The secret itself, without the line end that editors put behind it.
    /// - Throws: a problem that names the variable or file. It repeats neither the secret nor a text that is no
    ///   reference, because that may be the secret.
    func resolve(_ reference: String) throws(ConfigProblem) -> Secret {
        if reference.hasPrefix("env:") { return try variable(String(reference.dropFirst(4))) }
        if reference.hasPrefix("file:") { return try file(String(reference.dropFirst(5))) }
        throw ConfigProblem("expected \(Self.expected), found something else (not shown: it may be the secret)")
    }

    private func variable(_ name: String) throws(ConfigProblem) -> Secret {
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
        guard let value = environment(name) else {
            throw ConfigProblem("expected the environment variable \(name), found it unset")
        }
        return try checked(value, of: "the environment variable \(name)")
    }

    private func file(_ path: String) throws(ConfigProblem) -> Secret {
        guard !path.isEmpty else { throw ConfigProblem("expected a path after file:, found nothing") }
        let shown = FoundText.shown(path, limit: FoundText.pathLengthLimit)
        let text: String
        do {
            text = try readFile(path)
        } catch {
            throw ConfigProblem("expected a readable file \(shown), but: \(error)")
        }
        return try checked(text, of: "the file \(shown)")
    }

    private func checked(_ text: String, of place: String) throws(ConfigProblem) -> Secret {
        var scalars = text.unicodeScalars[...]
        if scalars.last == "\n" { scalars.removeLast() }
        if scalars.last == "\r" { scalars.removeLast() }
        guard !scalars.isEmpty else { throw ConfigProblem("expected a secret in \(place), found it empty") }
        let secret = String(scalars)
        guard secret.utf8.count <= Self.lengthLimit else {
            throw ConfigProblem("expected at most \(Self.lengthLimit) bytes in \(place), found \(secret.utf8.count)")
        }
        // Keys become HTTP header values, where a line end would start the next header.
        guard scalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw ConfigProblem("expected one line in \(place), found control characters")
        }
        return Secret(secret)
    }
}
