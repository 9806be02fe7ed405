import Foundation
import GatewayCore
import GatewayTesting
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import GatewayConfig

@Suite("Keys of providers follow what their references lead to", .timeLimit(.minutes(1)))
struct KeyWatchTests {
    private let start = ContinuousClock.now
    private let lines = LogLines()

    private func watch(
        _ keys: [(provider: String, reference: SecretReference, ring: KeyRing)], vault address: String? = nil,
        changes: NIOLockedValueBox<Int> = NIOLockedValueBox(0)
    ) throws -> KeyWatch {
        var configuration = SecretsConfiguration()
        configuration.vault.address = address
        configuration.watched = keys.map { .init(provider: $0.provider, reference: $0.reference, keys: $0.ring) }
        return try KeyWatch(
            configuration, environment: { $0 == "VAULT_TOKEN" ? "token-4711" : nil }, logger: lines.logger, now: start
        ) { changes.withLockedValue { $0 += 1 } }
    }

    private func choice(_ ring: KeyRing) -> [String?] {
        let choice = ring.choice(now: start)
        return [choice.key.exposed, choice.spare?.exposed]
    }

    @Test("A file that is replaced or rewritten gives all its providers the new key, once")
    func rotation() async throws {
        let file = try TemporaryFile("first\n")
        let (one, two) = (KeyRing(Secret("first")), KeyRing(Secret("first")))
        let changes = NIOLockedValueBox(0)
        let watch = try watch(
            [("a", .file(file.path), one), ("b", .file(file.path), two)], changes: changes)
        await watch.look(now: start)
        #expect(choice(one) == ["first", nil])
        try file.replace(with: "second\n")
        await watch.look(now: start)
        await watch.look(now: start)
        #expect(choice(one) == ["second", "first"])
        #expect(choice(two) == ["second", "first"])
        try file.overwrite(with: "third")
        await watch.look(now: start)
        #expect(choice(one) == ["third", "second"])
        #expect(changes.withLockedValue { $0 } == 4)
        #expect(lines.messages.count { $0 == "a provider has a new key" } == 4)
        #expect(watch.standings.map(\.isStale) == [false, false])
    }

    @Test("A file that is gone, empty or no secret keeps the last good key, with one line when it begins and ends")
    func stale() async throws {
        let file = try TemporaryFile("first\n")
        let ring = KeyRing(Secret("first"))
        let watch = try watch([("a", .file(file.path), ring)])
        await watch.look(now: start)
        try file.remove()
        await watch.look(now: start)
        #expect(watch.standings.map(\.isStale) == [true])
        try TemporaryFile.put("", at: file.path)
        await watch.look(now: start)
        try TemporaryFile.put("two\nlines\n", at: file.path)
        await watch.look(now: start)
        #expect(choice(ring) == ["first", nil])
        #expect(watch.standings.map(\.isStale) == [true])
        try TemporaryFile.put("second\n", at: file.path)
        await watch.look(now: start)
        #expect(choice(ring) == ["second", "first"])
        #expect(watch.standings.map(\.isStale) == [false])
        #expect(
            lines.messages == [
                "a provider's key cannot be read again; the last good one stays in use",
                "a provider's key can be read again", "a provider has a new key",
            ])
    }

    @Test("Vault is asked again when its time has come, sooner after a failure, and its failures change nothing")
    func vault() async throws {
        let answers = NIOLockedValueBox<[(Int, String)]>([
            (503, "{}"), (200, VaultTests.answer), (200, VaultTests.answer.replacing("sk-in-vault", with: "sk-next")),
        ])
        let server = try await ScriptedServer.start { exchange in
            let (status, body) = answers.withLockedValue { $0.removeFirst() }
            try await exchange.respond(status, body: body)
        }
        let ring = KeyRing(Secret("sk-in-vault"))
        let watch = try watch(
            [("a", .vault(try VaultReference("secret/main#key")), ring)], vault: server.url(""))
        await watch.look(now: start + .seconds(299))
        #expect(server.record.requests.isEmpty)
        await watch.look(now: start + .seconds(300))
        #expect(server.record.requests.count == 1)
        #expect(watch.standings.map(\.isStale) == [true])
        await watch.look(now: start + .seconds(329))
        #expect(server.record.requests.count == 1)
        await watch.look(now: start + .seconds(330))
        #expect(choice(ring) == ["sk-in-vault", nil])
        #expect(watch.standings.map(\.isStale) == [false])
        await watch.look(now: start + .seconds(630))
        #expect(choice(ring) == ["sk-next", "sk-in-vault"])
        #expect(server.record.requests.count == 3)
        #expect(!lines.text.contains("4711") && !lines.text.contains("sk-"))
        await server.stop()
    }

    @Test("A lease that ends sooner makes Vault be asked sooner")
    func lease() throws {
        var configuration = SecretsConfiguration()
        let reference = try VaultReference("s/m#k")
        configuration.watched = [.init(provider: "a", reference: .vault(reference), keys: KeyRing(Secret("k")))]
        var machine = KeyWatch.StateMachine(configuration, now: start)
        let now = start + .seconds(300)
        #expect(machine.due(now: now).count == 1)
        #expect(machine.settle(0, .read(Secret("k"), stamp: nil, lease: .seconds(100)), now: now) == [])
        #expect(machine.due(now: now + .seconds(49)).isEmpty)
        #expect(machine.due(now: now + .seconds(50)).count == 1)
    }

    @Test("A watch without keys that may change ends at once")
    func nothing() async throws {
        await (try watch([])).run()
    }
}

extension TemporaryFile {
    fileprivate static func put(_ text: String, at path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}
