import CurlClient
import Foundation
import GatewayCore
import Policy
import RedisClient
import RequestAnalysis
import Routing
import Testing

@testable import GatewayConfig

@Suite struct SecretTests {
    /// Appears in no message, whatever is wrong with the place it stands in.
    private let secret = "hidden-4711"

    @Test("A secret comes from a variable or a file, without the line end of the file")
    func references() throws {
        let configuration = try Refusals.load(
            "tenants: [{id: a, keys: [env:A, file:/k, file:/r]}]\ncache: {key: file:/k}\nproviders:\n"
                + "  - {name: p, base_url: \"http://p\", api_key: env:A}",
            environment: ["A": "from-variable"], files: ["/k": "from-file\n", "/r": "from-windows\r\n"])
        #expect(
            configuration.policy.tenants.first?.keys
                == [Secret("from-variable"), Secret("from-file"), Secret("from-windows")])
        #expect(configuration.analysis.key == Secret("from-file"))
        #expect(configuration.routing.providers.first?.keys?.current == Secret("from-variable"))
    }

    @Test("What cannot be found is named", arguments: [
        ("env:MISSING", "expected the environment variable MISSING, found it unset"),
        ("env:EMPTY", "expected a secret in the environment variable EMPTY, found it empty"),
        ("env:", "expected a variable's name of letters, digits and '_' after env:, found something else"),
        ("env:A-B", "expected a variable's name of letters, digits and '_' after env:, found something else"),
        ("env:1A", "expected a variable's name of letters, digits and '_' after env:, found something else"),
        ("file:/missing", "expected a readable file /missing, but: no such file"),
        ("file:", "expected a path after file:, found nothing"),
        ("file:/empty", "expected a secret in the file /empty, found it empty"),
        ("file:/lines", "expected one line in the file /lines, found control characters"),
        ("file:/large", "expected at most 16384 bytes in the file /large, found 16385"),
    ])
    func notFound(reference: String, message: String) {
        let issues = Refusals.of(
            "cache: {key: '\(reference)'}", environment: ["EMPTY": ""],
            files: ["/empty": "\n", "/lines": "one\ntwo\n", "/large": String(repeating: "k", count: 16_385)])
        #expect(issues == ["1:14: cache.key: \(message)"])
    }

    @Test("A secret that stands in the file itself is refused and not shown", arguments: [
        "cache: {key: hidden-4711}", "cache: {key: 'ENV:hidden-4711'}", "cache: {key: 'env: hidden-4711'}",
        "cache: {key: [hidden-4711]}", "cache: {key: {a: hidden-4711}}", "redis: {password: hidden-4711}",
        "tenants: [{id: a, keys: hidden-4711}]", "tenants: [{id: a, keys: [hidden-4711]}]",
        "tenants: [{id: a, keys: {a: hidden-4711}}]", "tenants: [hidden-4711]",
        "providers: [{name: a, base_url: 'http://a', api_key: hidden-4711}]",
        "providers: [{name: a, base_url: 'http://a', key: hidden-4711}]",
        "providers: [{name: a, base_url: 'http://me:hidden-4711@a'}]",
        "providers: [{name: a, base_url: 'http://a?key=hidden-4711'}]",
        "providers: [{name: a, base_url: 'hidden-4711'}]",
        "redis: {url: 'redis://:hidden-4711@host'}", "redis: {url: 'redis://me:hidden-4711@host:0'}",
        "redis: {url: 'redis://hidden-4711@host'}", "redis: {url: 'http://:hidden-4711@host'}",
        "redis: {url: 'hidden-4711'}", "embedding: {remote: {api_key: hidden-4711}}",
        "upstream: {proxy: 'http://me:hidden-4711@proxy:3128'}", "upstream: {proxy: hidden-4711}",
        "upstream: {proxy: 'http://me:hidden-4711@proxy:0'}", "embedding: {remote: hidden-4711}", "server: hidden-4711",
        "cache: {key: 'hidden-4711", "cache: {key: hidden-4711, key: hidden-4711}",
    ])
    func notShown(yaml: String) {
        let issues = Refusals.issues(of: yaml)
        #expect(!issues.isEmpty)
        #expect(!issues.contains { "\($0)".contains("4711") || String(reflecting: $0).contains("4711") }, "\(issues)")
    }

    @Test("A secret that a reference leads to is not shown, whatever is wrong with it", arguments: [
        "hidden-4711\nhidden-4711", "hidden-4711\t", "redis://:hidden-4711@host:0", "hidden-4711",
    ])
    func resolvedNotShown(value: String) {
        let environment = ["S": value]
        var shown = Refusals.of(
            "redis: {url: env:S}\ntenants: [{id: a, keys: [env:S, env:S]}]\ncache: {key: env:S}",
            environment: environment)
        #expect(!shown.isEmpty)
        if let configuration = try? Refusals.load("cache: {key: env:S}", environment: environment) {
            shown.append("\(configuration)")
        }
        #expect(!shown.contains { $0.contains("4711") }, "\(shown)")
    }

    @Test("A Redis password comes by reference: as the whole URL or by itself")
    func redisPassword() throws {
        let environment = ["URL": "rediss://app:\(secret)@cache:6390/2", "PASSWORD": "other"]
        let whole = try Refusals.load("redis: {url: env:URL}", environment: environment).redis
        #expect(whole.address == .host("cache", port: 6390))
        #expect(whole.database == 2)
        #expect(whole.tls != nil)
        #expect(whole.credentials == RedisCredentials(user: "app", password: secret))
        let both = try Refusals.load("redis: {password: env:PASSWORD, url: env:URL}", environment: environment).redis
        #expect(both.credentials == RedisCredentials(user: "app", password: "other"))
        let alone = try Refusals.load(
            "redis: {url: 'redis://cache', password: env:PASSWORD, command_timeout: 1s}", environment: environment
        ).redis
        #expect(alone.credentials == RedisCredentials(password: "other"))
        #expect(alone.commandTimeout == .seconds(1))
    }

    @Test("A proxy's password comes by reference, and the password may hold what separates it")
    func proxies() throws {
        let url = "http://me:p@ss-\(secret)@proxy:3128"
        let referred = try Refusals.load("upstream: {proxy: env:PROXY}", environment: ["PROXY": url])
        #expect(referred.curl.proxy == .url(url))
        #expect(try Refusals.load("upstream: {proxy: environment}").curl.proxy == .environment)
        let plain = "socks5h://[::1]:1080"
        #expect(try Refusals.load("upstream: {proxy: '\(plain)'}").curl.proxy == .url(plain))
        for text in ["proxy:3128", "ftp://proxy", "http://proxy/path", "http://", "http://proxy:0", "http://a b"] {
            #expect(Refusals.issues(of: "upstream: {proxy: '\(text)'}").map(\.path) == ["upstream.proxy"], "\(text)")
        }
    }

    @Test("A file on disk is read with the variables and files of the process")
    func realFiles() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "refrain-config-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let key = folder.appending(path: "key")
        try Data("\(secret)\n".utf8).write(to: key)
        let file = folder.appending(path: "refrain.yaml")
        // PATH is a variable every process has.
        try Data("cache: {key: 'file:\(key.path())'}\ntenants: [{id: a, keys: [env:PATH]}]".utf8).write(to: file)
        let configuration = try await GatewayConfiguration.load(path: file.path())
        #expect(configuration.analysis.key == Secret(secret))
        #expect(configuration.policy.tenants.first?.keys.first?.exposed == ProcessInfo.processInfo.environment["PATH"])

        try Data([0xFF, 0xFE]).write(to: key)
        let error = try #require(throws: ConfigIssues.self) { try GatewayConfiguration.check(path: file.path()) }
        #expect(error.issues.map(\.message) == ["expected a readable file \(key.path()), but: it is not UTF-8"])
        #expect(throws: TextFile.Failure.self) { try TextFile.read(folder.path(), limit: 10) }
        #expect(throws: TextFile.Failure.self) { try TextFile.read(file.path(), limit: 10) }
    }
}
