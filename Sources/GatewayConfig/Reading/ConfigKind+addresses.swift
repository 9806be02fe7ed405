import CurlClient
import GatewayCore
import RedisClient

extension ConfigKind where Value == String {
    /// The address of an HTTP service, up to and including its version: no `/` at the end, no query, no user.
    /// Its messages do not repeat it, because some put keys into such addresses.
    static var baseURL: ConfigKind {
        let expected = "a URL such as https://api.example.com/v1"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            if let fault = faultOfBaseURL(text) { throw ConfigProblem("expected \(expected), found \(fault)") }
            return text
        }
    }

    private static func faultOfBaseURL(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "a space or a character that is not ASCII"
        }
        guard let end = text.firstRange(of: "://"), ["http", "https"].contains(text[..<end.lowerBound]) else {
            return "neither http:// nor https:// at its start"
        }
        let rest = text[end.upperBound...]
        if rest.contains("?") || rest.contains("#") { return "a query or fragment" }
        if rest.hasSuffix("/") { return "'/' at its end" }
        let authority = rest.prefix { $0 != "/" }
        if authority.contains("@") { return "a user or password; use api_key" }
        return faultOfAuthority(authority)
    }

    fileprivate static func faultOfAuthority(_ authority: Substring) -> String? {
        var host = authority
        var port: Substring?
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].lastIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        if host.isEmpty { return "no host" }
        if host.hasPrefix("[") != host.hasSuffix("]") { return "half a pair of brackets around the host" }
        if !host.hasPrefix("["), host.contains(":") { return "an IPv6 address without brackets" }
        if let port, (UInt16(port) ?? 0) == 0 { return "a port that is not 1 to 65535" }
        return nil
    }
}

extension ConfigKind where Value == RedisClientConfiguration {
    /// The address of a Redis server, or a reference to one. A password may stand only in what a reference leads to.
    static func redisURL(_ secrets: SecretSource) -> ConfigKind {
        let expected = "redis://host:port/db, rediss://…, unix:///path, env:NAME or file:PATH"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            let isReference = SecretSource.isLocal(text)
            let url = isReference ? try secrets.read(try SecretSource.reference(text)).exposed : text
            do throws(RedisError) {
                let configuration = try RedisClientConfiguration(url: url)
                if isReference || configuration.credentials == nil { return configuration }
            } catch {
                throw ConfigProblem("expected \(expected); \(error.message)")
            }
            throw ConfigProblem("expected no password in this file, found one; set redis.password, or url by reference")
        }
    }
}

extension ConfigKind where Value == CurlProxy {
    /// A proxy's address, or a reference to one. A password may stand only in what a reference leads to.
    static func proxy(_ secrets: SecretSource) -> ConfigKind {
        let expected = "none, environment, http://host:port, https://…, socks5h://…, env:NAME or file:PATH"
        return ConfigKind(expected) { text throws(ConfigProblem) in
            if text == "none" { return .none }
            if text == "environment" { return .environment }
            let isReference = SecretSource.isLocal(text)
            let url = isReference ? try secrets.read(try SecretSource.reference(text)).exposed : text
            if let fault = faultOfProxy(url) { throw ConfigProblem("expected \(expected), found \(fault)") }
            guard isReference || !url.contains("@") else {
                throw ConfigProblem("expected no password in this file, found one; set proxy by reference")
            }
            return .url(url)
        }
    }

    private static func faultOfProxy(_ url: String) -> String? {
        guard let end = url.firstRange(of: "://"), ["http", "https", "socks5h"].contains(url[..<end.lowerBound]) else {
            return "another scheme or none"
        }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return "a space or a character that is not ASCII"
        }
        // The last '@' ends the user: an earlier one may stand in the password.
        let rest = url[end.upperBound...]
        let authority = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
        if authority.contains(where: { "/?#".contains($0) }) { return "more than a host and a port" }
        return ConfigKind<String>.faultOfAuthority(authority)
    }
}
