import GatewayCore
import Policy
import SemanticCache
import Testing

@testable import GatewayConfig

@Suite("How entries are kept and replayed")
struct StoredEntryTests {
    private let environment = ["ALL": String(repeating: "a", count: 32), "OWN": String(repeating: "b", count: 64)]

    @Test("Entries are sealed with their tenant's key, or with one for all who have none")
    func encryptionKeys() throws {
        let yaml = """
            cache: {encryption_key: env:ALL, store_prompts: false, replay_rate: 80}
            tenants: [{id: one, keys: [env:OWN], encryption_key: env:OWN}, {id: two, keys: [env:ALL]}]
            """
        let configuration = try Refusals.load(yaml, environment: environment)
        #expect(configuration.cache.encryptionKey == Secret(String(repeating: "a", count: 32)))
        #expect(configuration.policy.tenants.map(\.encryptionKey) == [Secret(String(repeating: "b", count: 64)), nil])
        #expect(!configuration.cache.storesPrompts)
        #expect(configuration.cache.replayRate == 80)
    }

    @Test("A key that is too short is refused and not shown")
    func shortKeys() {
        let yaml = """
            cache: {encryption_key: env:SHORT}
            tenants: [{id: one, keys: [env:OWN], encryption_key: env:SHORT}]
            """
        let environment = environment.merging(["SHORT": "hidden-4711"]) { $1 }
        let issues = Refusals.of(yaml, environment: environment)
        #expect(issues.count == 2)
        #expect(issues.allSatisfy { $0.contains("at least 32 characters") && !$0.contains("4711") }, "\(issues)")
        #expect(issues.contains { $0.contains("cache.encryption_key") })
        #expect(issues.contains { $0.contains("tenants[0].encryption_key") })
    }

    @Test("A pace beyond its bounds is refused", arguments: ["-1", "10001", "fast", "1.5"])
    func pace(rate: String) {
        #expect(Refusals.of("cache: {replay_rate: \(rate)}").count == 1)
    }
}
