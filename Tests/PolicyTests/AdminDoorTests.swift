import GatewayCore
import Policy
import Testing

@Suite("The operators' door")
struct AdminDoorTests {
    @Test("Only its own key opens it")
    func keys() throws {
        let door = AdminDoor(key: Secret("operator"))
        var headers = CallerHeaders()
        for key in [nil, "", "operato", "operator ", "Operator"] {
            headers.key = key
            #expect(throws: GatewayError.self) { try door.admit(headers) }
        }
        headers.key = "operator"
        try door.admit(headers)
    }

    @Test("Answers can only be of tenants that are configured, or of the one everybody is")
    func tenants() {
        var configuration = PolicyConfiguration()
        #expect(TenantDirectory(configuration: configuration).knows(.open))
        configuration.tenants = [TenantConfiguration(id: TenantID("acme"), keys: [Secret("k")])]
        let directory = TenantDirectory(configuration: configuration)
        #expect(directory.knows(TenantID("acme")))
        #expect(!directory.knows(.open))
        #expect(directory.all == [TenantID("acme")])
    }
}
