import Foundation
import GatewayTesting
import NIOCore
import Testing

@testable import RedisClient

@Suite("Reaching a server: credentials, databases, sockets, TLS", .timeLimit(.minutes(1)))
struct RedisAccessTests {
    private func connectError(_ configuration: RedisClientConfiguration) async throws -> RedisError? {
        try await withClient(configuration) { client async throws in
            await failure { () async throws(RedisError) in try await client.openDedicated() }
        }
    }

    private func configuration(
        _ server: RedisServer, user: String? = nil, _ password: String?
    ) -> RedisClientConfiguration {
        var configuration = server.configuration
        configuration.credentials = password.map { RedisCredentials(user: user, password: $0) }
        return configuration
    }

    @Test("The one password of the server opens it; a wrong or missing one is an authentication error without it")
    func password() async throws {
        let server = try RedisServer(arguments: ["--requirepass", "s3cret"])
        try await withClient(configuration(server, "s3cret")) { client async throws in
            #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
        }
        let wrong = try await connectError(configuration(server, "wr0ng"))
        #expect(wrong?.code == .authentication, "\(String(describing: wrong))")
        #expect(wrong?.message.contains("wr0ng") == false)
        #expect(wrong?.isRetriable == false)
        #expect(try await connectError(configuration(server, nil))?.code == .authentication)
    }

    @Test("An ACL user gets in with what it may do and is refused the rest")
    func user() async throws {
        let server = try RedisServer(arguments: ["--user", "app", "on", ">s3cret", "~*", "+get", "+set"])
        try await withClient(configuration(server, user: "app", "s3cret")) { client async throws in
            #expect(try await client.send(RedisCommand("SET", "a", "b")) == .status("OK"))
            let refused = await failure { () async throws(RedisError) in
                try await client.send(RedisCommand("FLUSHALL"))
            }
            #expect(refused?.serverPrefix == "NOPERM")
        }
        #expect(try await connectError(configuration(server, user: "app", "wr0ng"))?.code == .authentication)
        #expect(try await connectError(configuration(server, user: "other", "s3cret"))?.code == .authentication)
    }

    @Test("Every connection uses the configured database and carries the client's name")
    func database() async throws {
        let server = try RedisServer()
        var configuration = server.configuration
        configuration.database = 3
        configuration.clientName = "refrain-test"
        try await withClient(configuration) { client async throws in
            for number in 0..<6 { _ = try await client.send(RedisCommand("SET", .string("k\(number)"), "v")) }
            #expect(try server.cli("-n", "3", "DBSIZE") == "6")
            #expect(try server.cli("-n", "0", "DBSIZE") == "0")
            #expect(try server.cli("CLIENT", "LIST").contains("name=refrain-test"))
        }
        configuration.database = 99
        let error = try await connectError(configuration)
        #expect(error?.code == .server, "\(String(describing: error))")
    }

    @Test("A unix socket works like a port, through its URL too")
    func unixSocket() async throws {
        let server = try RedisServer(.unixSocket)
        var configuration = try RedisClientConfiguration(url: "unix://\(server.socketPath)?db=2")
        configuration.commandTimeout = .seconds(10)
        try await withClient(configuration) { client async throws in
            #expect(try await client.send(RedisCommand("SET", "a", "b")) == .status("OK"))
            #expect(try server.cli("-n", "2", "GET", "a") == "b")
            server.kill()
            try server.start()
            try await eventually { client.isConnected }
        }
    }

    @Test("TLS with a private authority works by address and by name")
    func tls() async throws {
        let authority = try TestAuthority()
        let server = try authority.startServer()
        for host in ["127.0.0.1", "localhost"] {
            var configuration = server.configuration
            configuration.address = .host(host, port: server.port ?? 0)
            configuration.tls = RedisTLS(authorityFile: authority.certificate)
            try await withClient(configuration) { client async throws in
                let value = String(repeating: "x", count: 100_000)
                _ = try await client.send(RedisCommand("SET", "a", .string(value)))
                #expect(try await client.send(RedisCommand("GET", "a")).string == value)
            }
        }
    }

    @Test("A certificate of an unknown authority is refused, unless verification is off")
    func unknownAuthority() async throws {
        let authority = try TestAuthority()
        let server = try authority.startServer()
        var configuration = server.configuration
        configuration.tls = RedisTLS()
        #expect(try await connectError(configuration)?.code == .tls)
        let stranger = try TestAuthority()
        configuration.tls = RedisTLS(authorityFile: stranger.certificate)
        #expect(try await connectError(configuration)?.code == .tls)
        configuration.tls = RedisTLS(verification: .none)
        #expect(try await connectError(configuration) == nil)
    }

    @Test("A certificate for another host is refused, unless only the authority is checked")
    func otherHost() async throws {
        let authority = try TestAuthority(subject: "DNS:elsewhere.test")
        let server = try authority.startServer()
        var configuration = server.configuration
        configuration.tls = RedisTLS(authorityFile: authority.certificate)
        #expect(try await connectError(configuration)?.code == .tls)
        configuration.tls?.verification = .authority
        #expect(try await connectError(configuration) == nil)
    }

    @Test("An authority file that is not there is an error at once")
    func missingFile() {
        var configuration = RedisClientConfiguration()
        configuration.tls = RedisTLS(authorityFile: "/nowhere/ca.pem")
        let error = #expect(throws: RedisError.self) { try configuration.tls?.makeContext() }
        #expect(error?.code == .tls)
        #expect(error?.message.contains("/nowhere/ca.pem") == true)
    }

    @Test("Plain text to a TLS port and TLS to a plain port end in an error, not in waiting")
    func mismatch() async throws {
        let authority = try TestAuthority()
        let encrypted = try authority.startServer()
        #expect(try await connectError(encrypted.configuration) != nil)
        let plain = try RedisServer()
        var configuration = plain.configuration
        configuration.connectTimeout = .milliseconds(300)
        configuration.tls = RedisTLS(verification: .none)
        #expect(try await connectError(configuration) != nil)
    }
}
