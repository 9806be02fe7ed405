import GatewayCore
import Testing

@testable import Routing

@Suite("Labels tighten rules")
struct RoutingConstraintsTests {
    @Test("Labels add rules where there are none")
    func added() throws {
        let tight = try RoutingConstraints().tightened(by: [
            "region": "eu-west-1", "jurisdiction": "eu", "retention": "zero", "sensitivity": "confidential", "team": "x",
        ])
        #expect(tight.regions == ["eu-west-1"])
        #expect(tight.jurisdictions == ["eu"])
        #expect(tight.retention == .zero)
        #expect(tight.sensitivity == .confidential)
    }

    @Test("A label can never loosen what the tenant's rules say")
    func neverLooser() throws {
        var rules = RoutingConstraints()
        rules.jurisdictions = ["eu"]
        rules.retention = .zero
        rules.sensitivity = .restricted
        let tight = try rules.tightened(by: ["jurisdiction": "us", "retention": "trains", "sensitivity": "public"])
        #expect(tight.jurisdictions == [])
        #expect(tight.retention == .zero)
        #expect(tight.sensitivity == .restricted)
        #expect(try rules.tightened(by: [:]) == rules)
    }

    @Test("A class that does not exist is the caller's mistake and no missing rule", arguments: ["retention", "sensitivity"])
    func misspelt(label: String) {
        let error = #expect(throws: GatewayError.self) { try RoutingConstraints().tightened(by: [label: "zeroo"]) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("must be one of") == true)
    }
}
