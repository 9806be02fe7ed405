import GatewayCore
import GatewayTesting
import NIOCore
import Policy
import Routing
import Testing

@testable import GatewayConfig

/// What Vault answers is taken from its HTTP API's documentation of the key-value store, version 2.
@Suite("Secrets in Vault", .timeLimit(.minutes(1)))
struct VaultTests {
    static let answer = """
        {"request_id":"3f2","lease_id":"","renewable":false,"lease_duration":0,"data":{"data":{"key":"sk-in-vault",\
        "other key":"second","number":5},"metadata":{"created_time":"2025-01-01T00:00:00Z","custom_metadata":null,\
        "deletion_time":"","destroyed":false,"version":2}},"wrap_info":null,"warnings":null,"auth":null}
        """

    private static func yaml(_ reference: String, _ vault: String) -> String {
        "secrets: {vault: {\(vault)}}\nproviders:\n  - name: p\n    base_url: https://p\n    api_key: '\(reference)'\n"
    }

    private func load(
        _ yaml: String, environment: [String: String] = ["VAULT_TOKEN": "token-4711"],
        files: [String: String] = [:]
    ) async -> Result<GatewayConfiguration, ConfigIssues> {
        let secrets = SecretSource(environment: { environment[$0] }) { path in
            guard let text = files[path] else { throw TextFile.Failure(description: "no such file") }
            return text
        }
        do throws(ConfigIssues) {
            return .success(try await GatewayConfiguration.load(yaml: yaml, source: "test", asking: secrets))
        } catch {
            return .failure(error)
        }
    }

    private func issues(_ result: Result<GatewayConfiguration, ConfigIssues>) -> [String] {
        if case .failure(let issues) = result { return issues.issues.map(\.description) }
        Issue.record("expected issues, found none")
        return []
    }

    @Test("A key comes from its field, asked for with the token and the namespace")
    func reading() async throws {
        let server = try await ScriptedServer.start { try await $0.respond(body: Self.answer) }
        let more = "address: '\(server.url(""))', namespace: team/a, token: 'file:/t'"
        let result = await load(
            Self.yaml("vault:kv/llm+keys/main#key", more),
            files: ["/t": "from-agent\n"])
        let configuration = try result.get()
        #expect(configuration.routing.providers.first?.keys?.current == Secret("sk-in-vault"))
        #expect(configuration.secrets.watched.map(\.provider) == ["p"])
        let request = try #require(server.record.requests.first)
        #expect(request.method == "GET")
        #expect(request.target == "/v1/kv/data/llm%2Bkeys/main")
        #expect(request.header("x-vault-token") == "from-agent")
        #expect(request.header("x-vault-namespace") == "team/a")
        #expect(request.header("x-vault-request") == "true")
        await server.stop()
    }

    @Test("Address, token and namespace come from the variables of Vault's own tools if nothing else is said")
    func environment() async throws {
        let server = try await ScriptedServer.start { try await $0.respond(body: Self.answer) }
        let variables = ["VAULT_ADDR": server.url("/"), "VAULT_TOKEN": "t", "VAULT_NAMESPACE": "ns"]
        let configuration = try await load(Self.yaml("vault:secret/main#key", ""), environment: variables).get()
        #expect(configuration.routing.providers.first?.keys?.current == Secret("sk-in-vault"))
        #expect(server.record.requests.first?.header("x-vault-namespace") == "ns")
        #expect(server.record.requests.first?.target == "/v1/secret/data/main")
        await server.stop()
    }

    @Test("What cannot be read stops the start with the place and the reason, and without the token", arguments: [
        (403, #"{"errors":["permission denied"]}"#, "key", "Vault refuses the token, or lets it not read that (403)"),
        (404, #"{"errors":[]}"#, "key", "Vault has no such secret, or it was deleted (404)"),
        (503, #"{"errors":["Vault is sealed"]}"#, "key", "Vault is sealed, busy or not active (503)"),
        (307, "", "key", "Vault redirects elsewhere; name its active node as its address"),
        (500, "", "key", "Vault answered with status 500"),
        (200, "<html>token-4711</html>", "key", "the answer is not one of Vault"),
        (200, VaultTests.answer, "absent", "the secret has no such field"),
    ])
    func refused(status: Int, body: String, field: String, reason: String) async throws {
        let server = try await ScriptedServer.start { try await $0.respond(status, body: body) }
        let result = await load(Self.yaml("vault:secret/main#\(field)", "address: '\(server.url(""))'"))
        #expect(
            issues(result) == ["5:14: providers[0].api_key: expected vault:secret/main#\(field), but \(reason)"])
        await server.stop()
    }

    @Test("Other kinds of stores and fields are told apart")
    func otherKinds() async throws {
        let old = #"{"lease_duration":2764800,"data":{"key":"v"}}"#
        for (body, field, message) in [
            (old, "key", "expected vault:s/m#key in a key-value store of version 2, found another kind of answer"),
            (Self.answer, "number", "expected a string in vault:s/m#number, found a number"),
        ] {
            let server = try await ScriptedServer.start { try await $0.respond(body: body) }
            let result = await load(Self.yaml("vault:s/m#\(field)", "address: '\(server.url(""))'"))
            #expect(issues(result) == ["5:14: providers[0].api_key: \(message)"])
            await server.stop()
        }
    }

    @Test("Without an address, a token or anybody there the start says so")
    func nobody() async throws {
        let server = try await ScriptedServer.start()
        let address = server.url("")
        await server.stop()
        #expect(
            issues(await load(Self.yaml("vault:s/m#k", ""))) == [
                "5:14: providers[0].api_key: expected Vault's address in secrets.vault.address or VAULT_ADDR, "
                    + "found neither"
            ])
        #expect(
            issues(await load(Self.yaml("vault:s/m#k", "address: '\(address)'"), environment: [:])) == [
                "5:14: providers[0].api_key: expected the environment variable VAULT_TOKEN, found it unset"
            ])
        let away = issues(await load(Self.yaml("vault:s/m#k", "address: '\(address)'")))
        #expect(away.count == 1)
        #expect(away.first?.contains("expected vault:s/m#k, but Vault cannot be asked: connect_failed") == true)
        #expect(away.first?.contains("4711") == false)
    }

    @Test("A reference of another form is refused before anybody is asked", arguments: [
        "vault:", "vault:a", "vault:a/b", "vault:a#b", "vault:a/b#", "vault:/b#c", "vault:a//b#c", "vault:a/../b#c",
        "vault:a/b#c#d", "vault:a/b c#d", "Vault:a/b#c",
    ])
    func forms(reference: String) async {
        let found = issues(await load(Self.yaml(reference, "address: 'http://127.0.0.1:1'")))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("5:14: providers[0].api_key: expected ") == true)
        #expect(found.first?.contains("asked") == false)
    }

    @Test("The token itself is never in Vault")
    func tokenInVault() async {
        let found = issues(await load(Self.yaml("env:VAULT_TOKEN", "token: 'vault:a/b#c'")))
        #expect(found == ["1:26: secrets.vault.token: expected env:NAME or file:PATH, found something else"])
    }

    @Test("A check of the configuration asks nobody and takes references of the right form")
    func check() throws {
        let yaml = "tenants: [{id: a, keys: ['vault:s/a#k', 'vault:s/b#k']}]\ncache: {key: 'vault:s/c#k'}\n"
        #expect(Refusals.of(yaml).count == 3)
        let file = try TemporaryFile(yaml)
        #expect(try GatewayConfiguration.check(path: file.path).policy.tenants.first?.keys.count == 2)
    }
}
