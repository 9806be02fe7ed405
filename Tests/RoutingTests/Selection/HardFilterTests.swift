import GatewayCore
import Testing

@testable import Routing

@Suite("Hard filters")
struct HardFilterTests {
    private typealias Fixture = SelectionFixture

    private func rejection(
        _ profile: ModelProfile?, traits: RequestTraits = RequestTraits(), constraints: RoutingConstraints = .init(),
        input: Int = 100, output: Int = 100
    ) -> Rejection? {
        let target = SelectionTarget(
            deployment: DeploymentID("p/m"), provider: "p", model: profile?.name ?? "m", profile: profile)
        let estimate = TokenEstimate(input: input, output: output, reservedOutput: output, demandedOutput: output)
        return HardFilters(traits: traits, constraints: constraints).rejection(of: target, estimate: estimate)
    }

    private func constraints(_ change: (inout RoutingConstraints) -> Void) -> RoutingConstraints {
        var constraints = RoutingConstraints()
        change(&constraints)
        return constraints
    }

    private func profile(_ change: (inout ModelProfile) -> Void) -> ModelProfile {
        Fixture.profile("m", Fixture.prices("1", "1"), change: change)
    }

    @Test("What the model lacks is named; a model of which nothing is known may be tried")
    func capabilities() {
        var traits = RequestTraits()
        traits.needs = [.tools, .audioInput, .streaming]
        let found = rejection(profile { _ in }, traits: traits)
        #expect(found == .capabilities(missing: .audioInput))
        #expect(found?.detail == "lacks audio_input")
        #expect(rejection(profile { $0.capabilities = nil }, traits: traits) == nil)
        #expect(rejection(nil, traits: traits) == nil)
    }

    @Test("Input and output must fit into the window together, to the last token")
    func context() {
        let small = profile { $0.contextTokens = 200 }
        #expect(rejection(small, input: 100, output: 100) == nil)
        #expect(rejection(small, input: 101, output: 100) == .contextLength(needed: 201, window: 200))
        #expect(rejection(small, input: .max, output: 100) == .contextLength(needed: .max, window: 200))
        #expect(rejection(profile { $0.contextTokens = nil }, input: .max) == nil)
    }

    @Test("A place that is not known satisfies no rule about places")
    func place() {
        let eu = constraints { $0.jurisdictions = ["eu", "ch"] }
        #expect(rejection(profile { $0.jurisdiction = "eu" }, constraints: eu) == nil)
        #expect(rejection(profile { $0.jurisdiction = "us" }, constraints: eu) == .jurisdiction("us"))
        #expect(rejection(profile { _ in }, constraints: eu) == .jurisdiction(nil))
        #expect(rejection(nil, constraints: eu) == .jurisdiction(nil))
        let frankfurt = constraints { $0.regions = ["eu-central-1"] }
        #expect(rejection(profile { $0.region = "eu-central-1" }, constraints: frankfurt) == nil)
        #expect(rejection(profile { $0.region = "us-east-1" }, constraints: frankfurt) == .region("us-east-1"))
        #expect(rejection(profile { _ in }, constraints: frankfurt)?.detail == "not known")
    }

    @Test("A limit on keeping admits its own class and the stricter ones", arguments: RetentionClass.allCases)
    func retention(limit: RetentionClass) {
        let rule = constraints { $0.retention = limit }
        for retention in RetentionClass.allCases {
            let found = rejection(profile { $0.retention = retention }, constraints: rule)
            #expect(found == (retention <= limit ? nil : .retention(retention)))
        }
        #expect(rejection(profile { _ in }, constraints: rule) == .retention(nil))
    }

    @Test("A request goes only where its class may be told; without a clearance that is public ones")
    func sensitivity() {
        for sensitivity in SensitivityClass.allCases {
            let rule = constraints { $0.sensitivity = sensitivity }
            for clearance in SensitivityClass.allCases {
                let found = rejection(profile { $0.clearance = clearance }, constraints: rule)
                #expect(found == (sensitivity <= clearance ? nil : .sensitivity(clearance)))
            }
            #expect((rejection(profile { _ in }, constraints: rule) == nil) == (sensitivity == .open))
        }
    }

    @Test("The tenant's list names models or their beginnings, and providers", arguments: [
        (["m"], true), (["other", "m"], true), (["m*"], true), (["*"], true), (["n*"], false), (["mm"], false),
        ([], false),
    ])
    func list(models: [String], isAllowed: Bool) {
        let found = rejection(profile { _ in }, constraints: constraints { $0.models = models })
        #expect(found == (isAllowed ? nil : .notAllowed))
        #expect(rejection(profile { _ in }, constraints: constraints { $0.providers = ["q"] }) == .notAllowed)
        #expect(rejection(profile { _ in }, constraints: constraints { $0.providers = ["p"] }) == nil)
    }

    @Test("The first rule that is broken is the reason, in their fixed order")
    func order() {
        var traits = RequestTraits()
        traits.needs = .audioInput
        var rules = constraints {
            $0.regions = []
            $0.jurisdictions = []
            $0.retention = .zero
            $0.sensitivity = .restricted
            $0.models = []
        }
        var model = profile { $0.contextTokens = 1 }
        var codes: [String] = []
        func note() { codes.append(rejection(model, traits: traits, constraints: rules)?.code ?? "none") }
        note()
        traits.needs = []
        note()
        model.contextTokens = nil
        note()
        rules.regions = nil
        note()
        rules.jurisdictions = nil
        note()
        rules.retention = nil
        note()
        rules.sensitivity = nil
        note()
        rules.models = nil
        note()
        #expect(codes == [
            "capabilities", "context_length", "region", "jurisdiction", "retention", "sensitivity", "not_allowed",
            "none",
        ])
    }
}
