import Testing

@testable import RedisClient

@Suite("Redis URLs")
struct RedisURLTests {
    @Test("Host, port and database have their usual defaults")
    func plain() throws {
        let short = try RedisClientConfiguration(url: "redis://cache")
        #expect(short.address == .host("cache", port: 6_379))
        #expect(short.database == 0 && short.credentials == nil && short.tls == nil)
        let long = try RedisClientConfiguration(url: "redis://cache:7000/3")
        #expect(long.address == .host("cache", port: 7_000))
        #expect(long.database == 3)
        #expect(try RedisClientConfiguration(url: "redis://[::1]:7000").address == .host("::1", port: 7_000))
        #expect(try RedisClientConfiguration(url: "redis://[::1]/").address == .host("::1", port: 6_379))
    }

    @Test("User and password are decoded; an @ may stand in the password")
    func credentials() throws {
        #expect(
            try RedisClientConfiguration(url: "redis://app:p%40ss%2F:w@h").credentials
                == RedisCredentials(user: "app", password: "p@ss/:w"))
        #expect(try RedisClientConfiguration(url: "redis://:p@w@h").credentials == RedisCredentials(password: "p@w"))
    }

    @Test("rediss turns TLS on with full verification unless told otherwise")
    func tls() throws {
        #expect(try RedisClientConfiguration(url: "rediss://h").tls == RedisTLS())
        #expect(
            try RedisClientConfiguration(url: "rediss://h/?ca_file=%2Fca.pem&verify=authority").tls
                == RedisTLS(authorityFile: "/ca.pem", verification: .authority))
    }

    @Test("A unix socket takes its database from the query")
    func unix() throws {
        let configuration = try RedisClientConfiguration(url: "unix:///run/redis%20a.sock?db=2")
        #expect(configuration.address == .unixSocket(path: "/run/redis a.sock"))
        #expect(configuration.database == 2)
        #expect(
            try RedisClientConfiguration(url: "unix://u:p@/run/r.sock").credentials
                == RedisCredentials(user: "u", password: "p"))
    }

    @Test("What cannot be used is refused, and the message keeps the secret", arguments: [
        "", "redis", "http://h", "redis://", "redis://:s3cret@", "redis://s3cret@h", "redis://u:s3cret@h:0",
        "redis://u:s3cret@h:65536", "redis://u:s3cret@h:port", "redis://u:s3cret@h/x", "redis://u:s3cret@h/-1",
        "redis://u:s3cret%zz@h", "redis://u:s3cret%f@h", "redis://u:s3cret%ff@h", "redis://u:s3cret@h?x=1",
        "redis://u:s3cret@[::1", "redis://u:s3cret@[::1]x", "unix://u:s3cret@run", "rediss://u:s3cret@h?verify=maybe",
        "redis://u:s3cret@h?verify=none", "redis://u:s3cret@h/99999999999999999999",
    ])
    func refused(url: String) {
        let error = #expect(throws: RedisError.self) { try RedisClientConfiguration(url: url) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.isRetriable == false)
        #expect("\(String(describing: error))".contains("s3cret") == false)
    }

    @Test("A printed configuration shows no password")
    func printed() throws {
        let configuration = try RedisClientConfiguration(url: "redis://user:s3cret@h")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("s3cret") && !"\(configuration)".contains("s3cret"))
    }

    @Test("Settings out of range are refused")
    func ranges() {
        let changes: [(inout RedisClientConfiguration) -> Void] = [
            { $0.connectionCount = 0 }, { $0.connectionCount = 65 }, { $0.maximumQueuedCommands = 0 },
            { $0.maximumReplySize = 0 }, { $0.database = -1 }, { $0.commandTimeout = .zero },
            { $0.connectTimeout = .seconds(-1) }, { $0.stalledAfterTimeouts = 0 }, { $0.clientName = "a b" },
        ]
        for change in changes {
            var configuration = RedisClientConfiguration()
            change(&configuration)
            #expect(throws: RedisError.self) { try configuration.validate() }
        }
        #expect(throws: Never.self) { try RedisClientConfiguration().validate() }
    }
}
