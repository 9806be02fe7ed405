import GatewayCore
import Testing

@testable import Policy

@Suite("Who asks")
struct TenantDirectoryTests {
    private let directory = TenantDirectory(configuration: {
        var configuration = PolicyConfiguration()
        configuration.tenants = [
            TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk-old"), Secret("sk-new")]),
            TenantConfiguration(id: TenantID("zeta"), keys: [Secret("sk-zeta")]),
        ]
        return configuration
    }())

    private func headers(key: String? = nil, namespace: String? = nil) -> CallerHeaders {
        var headers = CallerHeaders()
        headers.key = key
        headers.namespace = namespace
        return headers
    }

    private func code(_ headers: CallerHeaders) -> GatewayErrorCode? {
        do {
            _ = try directory.identify(headers)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Each key leads to its tenant, and two keys of one tenant to the same scope", arguments: [
        ("sk-old", "acme"), ("sk-new", "acme"), ("sk-zeta", "zeta"),
    ])
    func keys(key: String, tenant: String) throws {
        let scope = try directory.identify(headers(key: key))
        #expect(scope == CacheScope(tenant: TenantID(tenant)))
    }

    @Test("Only a key with a name has one, and nobody else's")
    func names() {
        var configuration = PolicyConfiguration()
        configuration.tenants = [
            TenantConfiguration(id: TenantID("acme"), keys: [Secret("sk-plain"), Secret("sk-batch")])
        ]
        configuration.tenants[0].namedKeys = [APIKeyID("batch"): Secret("sk-batch")]
        let directory = TenantDirectory(configuration: configuration)
        #expect(directory.key(of: headers(key: "sk-batch")) == APIKeyID("batch"))
        for key in ["sk-plain", "sk-batch ", "batch", "", nil] {
            #expect(directory.key(of: headers(key: key)) == nil)
        }
        #expect(self.directory.key(of: headers(key: "sk-old")) == nil)
    }

    @Test("A key that is missing, empty, unknown or almost right is refused", arguments: [
        nil, "", "sk", "sk-zeta ", "SK-ZETA", "sk-zetas", "acme",
    ])
    func refusals(key: String?) {
        #expect(code(headers(key: key)) == .unauthorized)
    }

    @Test("What a refusal says does not hold the key")
    func refusalIsSilent() {
        #expect(throws: GatewayError.self) { try directory.identify(headers(key: "sk-secret")) }
        do {
            _ = try directory.identify(headers(key: "sk-secret"))
        } catch {
            #expect(!"\(error)".contains("sk-secret"))
        }
    }

    @Test("Without tenants every caller is the open one, whatever key it sends", arguments: [nil, "", "anything"])
    func openMode(key: String?) throws {
        let open = TenantDirectory(configuration: PolicyConfiguration())
        #expect(try open.identify(headers(key: key)) == CacheScope(tenant: .open))
    }

    @Test("A namespace of visible ASCII up to 128 bytes is taken as it is")
    func namespaces() throws {
        for namespace in ["a", "team/eu:1", String(repeating: "n", count: 128), "!~"] {
            let scope = try directory.identify(headers(key: "sk-old", namespace: namespace))
            #expect(scope == CacheScope(tenant: TenantID("acme"), namespace: namespace))
        }
    }

    @Test("A namespace that is too long or holds blanks, controls or other letters is refused", arguments: [
        String(repeating: "n", count: 129), "a b", " a", "a\t", "a\u{0}", "é", "\u{7F}",
    ])
    func badNamespaces(namespace: String) {
        #expect(code(headers(key: "sk-old", namespace: namespace)) == .invalidRequest)
    }

    @Test("The key is asked for before the namespace is judged")
    func keyFirst() {
        #expect(code(headers(namespace: "a b")) == .unauthorized)
    }
}
