extension RedisClientConfiguration {
    /// Reads `redis://[user[:password]]@host[:port][/db]`, the same with `rediss://` for TLS, or
    /// `unix://[user:password@]/path[?db=n]`.
    ///
    /// `rediss` takes the queries `ca_file=<path>` and `verify=full|authority|none`. User, password and path may be
    /// percent-encoded. Throws `.invalidConfiguration`; no message repeats the user, the password or the URL.
    package init(url: String) throws(RedisError) {
        guard let schemeEnd = url.firstRange(of: "://") else {
            throw Self.invalid("expected redis://, rediss:// or unix:// at the start")
        }
        var rest = url[schemeEnd.upperBound...]
        let query = Self.cut(&rest, after: "?")
        switch url[..<schemeEnd.lowerBound].lowercased() {
        case "redis": try self.init(authority: rest)
        case "rediss":
            try self.init(authority: rest)
            tls = RedisTLS()
        case "unix": try self.init(socket: rest)
        default: throw Self.invalid("expected the scheme redis, rediss or unix")
        }
        for item in (query ?? "").split(separator: "&") { try apply(query: item) }
        try validate()
    }

    private init(authority text: Substring) throws(RedisError) {
        var rest = text
        let path = Self.cut(&rest, after: "/")
        let credentials = try Self.takeCredentials(&rest)
        self.init(address: try Self.hostAndPort(rest))
        self.credentials = credentials
        if let path, !path.isEmpty { database = try Self.databaseNumber(path) }
    }

    private init(socket text: Substring) throws(RedisError) {
        var rest = text
        let credentials = try Self.takeCredentials(&rest)
        let path = try Self.decoded(rest, "the path")
        guard path.hasPrefix("/") else { throw Self.invalid("expected an absolute path after unix://") }
        self.init(address: .unixSocket(path: path))
        self.credentials = credentials
    }

    private mutating func apply(query item: Substring) throws(RedisError) {
        var name = item
        let value = try Self.decoded(Self.cut(&name, after: "=") ?? "", "a query value")
        switch name {
        case "db": database = try Self.databaseNumber(value[...])
        case "ca_file" where tls != nil: tls?.authorityFile = value
        case "verify" where tls != nil:
            guard let verification = RedisTLS.Verification(rawValue: value) else {
                throw Self.invalid("expected verify=full, authority or none")
            }
            tls?.verification = verification
        default: throw Self.invalid("unknown query item; known are db, and for rediss ca_file and verify")
        }
    }

    /// Takes `user:password@` off the front. The last `@` counts, so that an unencoded one may stand in a password.
    private static func takeCredentials(_ rest: inout Substring) throws(RedisError) -> RedisCredentials? {
        guard let end = rest.lastIndex(of: "@") else { return nil }
        var user = rest[..<end]
        rest = rest[rest.index(after: end)...]
        let password = cut(&user, after: ":")
        if user.isEmpty && (password ?? "").isEmpty { return nil }
        guard let password, !password.isEmpty else {
            throw invalid("a user without a password; write user:password@, or :password@ for no user")
        }
        return RedisCredentials(
            user: user.isEmpty ? nil : try decoded(user, "the user"),
            password: try decoded(password, "the password"))
    }

    private static func hostAndPort(_ text: Substring) throws(RedisError) -> RedisAddress {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw invalid("expected ] after an IPv6 address") }
            host = text[text.index(after: text.startIndex)..<end]
            var tail = text[text.index(after: end)...]
            port = cut(&tail, after: ":")
            guard tail.isEmpty else { throw invalid("expected :port after ]") }
        } else {
            port = cut(&host, after: ":")
        }
        guard !host.isEmpty else { throw invalid("expected a host name") }
        guard let port, !port.isEmpty else { return .host(String(host), port: 6_379) }
        guard let number = UInt16(port), number > 0 else { throw invalid("expected a port from 1 to 65535") }
        return .host(String(host), port: Int(number))
    }

    private static func databaseNumber(_ text: Substring) throws(RedisError) -> Int {
        guard let number = UInt16(text) else { throw invalid("expected a database number from 0 to 65535") }
        return Int(number)
    }

    /// Cuts `text` before the first `separator` and returns what stood behind it, or nil if there is none.
    private static func cut(_ text: inout Substring, after separator: Character) -> Substring? {
        guard let place = text.firstIndex(of: separator) else { return nil }
        defer { text = text[..<place] }
        return text[text.index(after: place)...]
    }

    private static func decoded(_ text: Substring, _ part: String) throws(RedisError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimalDigit),
                let low = rest.popFirst().flatMap(hexadecimalDigit)
            else { throw invalid("expected two hexadecimal digits after % in \(part)") }
            bytes.append(high << 4 | low)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw invalid("\(part) is not UTF-8 after decoding")
        }
        return decoded
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func invalid(_ message: String) -> RedisError {
        RedisError(.invalidConfiguration, "Redis URL: \(message)")
    }
}
