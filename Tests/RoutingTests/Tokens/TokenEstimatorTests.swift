import GatewayCore
import Testing

@testable import Routing

@Suite("Token estimates")
struct TokenEstimatorTests {
    private let estimator = TokenEstimator()

    private func traits(latin: Int = 0, cjk: Int = 0, code: Int = 0) -> RequestTraits {
        var traits = RequestTraits()
        traits.text.user = ScriptBytes(latin: latin, cjk: cjk, code: code)
        return traits
    }

    private func estimate(_ traits: RequestTraits, _ profile: ModelProfile? = nil) -> TokenEstimate {
        estimator.estimate(traits, model: "m", profile: profile, route: "r")
    }

    private func settle(_ traits: RequestTraits, prompt: Int, completion: Int = 0, route: String = "r") {
        estimator.settle(
            traits, model: "m", profile: nil, route: route,
            usage: TokenUsage(promptTokens: prompt, completionTokens: completion))
    }

    @Test("Before anything was learned 4.0, 1.6 and 3.0 bytes make a token, tools 3.2, a message 4 more")
    func cold() {
        #expect(estimate(traits(latin: 400)).input == 100)
        #expect(estimate(traits(cjk: 160)).input == 100)
        #expect(estimate(traits(code: 300)).input == 100)
        var request = traits(latin: 400)
        request.toolBytes = 320
        request.messageCount = 2
        request.images = [nil]
        #expect(estimate(request).input == 100 + 100 + 8 + 765)
    }

    /// A tokeniser that is known, with noise: the estimate must find it.
    @Test("Ratios learn what each script class takes, from mixed requests, and the error falls")
    func learns() {
        var generator = MixGenerator(seed: 7)
        let truth = [5.0, 2.4, 2.5]
        var errors: [Double] = []
        for _ in 0..<600 {
            let request = traits(
                latin: Int.random(in: 0...4000, using: &generator), cjk: Int.random(in: 0...1500, using: &generator),
                code: Int.random(in: 0...3000, using: &generator))
            let bytes = request.text.user
            let exact = Double(bytes.latin) / truth[0] + Double(bytes.cjk) / truth[1] + Double(bytes.code) / truth[2]
            let actual = max(1, Int(exact * Double.random(in: 0.97...1.03, using: &generator)))
            errors.append(abs(Double(estimate(request).input - actual)) / Double(actual))
            settle(request, prompt: actual)
        }
        let late = errors.suffix(200).sorted()
        #expect(late[180] < 0.08)
        let early: Double = errors.prefix(20).reduce(0, +) / 20
        let settled: Double = late.reduce(0, +) / 200
        #expect(early > 2 * settled)
        let exported = estimator.inputErrors["m"] ?? 1
        #expect(abs(exported - late[179]) < 0.005)
        #expect(abs(Double(estimate(traits(latin: 5000)).input) - 1000) < 50)
        #expect(abs(Double(estimate(traits(cjk: 2400)).input) - 1000) < 80)
        #expect(abs(Double(estimate(traits(code: 2500)).input) - 1000) < 50)
    }

    @Test("One absurd count moves a ratio by no more than three tenths, and many not beyond what a tokeniser can be")
    func outlier() {
        settle(traits(latin: 4000), prompt: 1)
        #expect((690...1000).contains(estimate(traits(latin: 4000)).input))
        for _ in 0..<500 { settle(traits(latin: 4000), prompt: 1) }
        #expect(estimate(traits(latin: 4000)).input >= 333)
        for _ in 0..<500 { settle(traits(latin: 4000), prompt: .max) }
        #expect(estimate(traits(latin: 4000)).input <= 8000)
    }

    @Test("Usage that counts nothing teaches nothing")
    func nothing() {
        settle(traits(latin: 400), prompt: 0, completion: 0)
        settle(traits(latin: 400), prompt: -5, completion: -5)
        #expect(estimate(traits(latin: 400)).input == 100)
        #expect(estimator.inputErrors.isEmpty)
    }

    @Test("An unseen route expects 512, a seen one the p90 of its last 200 answers, and other routes learn nothing")
    func output() {
        #expect(estimate(traits()).output == 512)
        for length in 1...9 { settle(traits(), prompt: 1, completion: length) }
        #expect(estimate(traits()).output == 512)
        settle(traits(), prompt: 1, completion: 10)
        #expect(estimate(traits()).output == 9)
        for _ in 0..<200 { settle(traits(), prompt: 1, completion: 40) }
        #expect(estimate(traits()).output == 40)
        #expect(estimator.estimate(traits(), model: "m", profile: nil, route: "other").output == 512)
    }

    @Test("Output is bounded by max_tokens and by the model, and multiplied by the number of choices")
    func bounds() {
        var profile = ModelProfile(name: "m")
        profile.maxOutputTokens = 300
        var request = traits()
        #expect(estimate(request, profile).output == 300)
        request.maxTokens = 100
        #expect(estimate(request, profile).output == 100)
        request.maxTokens = 100_000
        #expect(estimate(request, profile).output == 300)
        request.maxTokens = 20
        request.choices = 3
        #expect(estimate(request, profile).output == 60)
        #expect(estimate(request, profile).demandedOutput == 20)
    }

    @Test("Where the provider reserves max_tokens, so does the estimate; else what is expected")
    func reserve() {
        var profile = ModelProfile(name: "m")
        var request = traits()
        request.maxTokens = 4000
        #expect(estimate(request, profile).reservedOutput == 512)
        profile.reserve = .maxTokens
        #expect(estimate(request, profile).reservedOutput == 4000)
        #expect(estimate(request, profile).output == 512)
        #expect(estimate(request, profile).demandedOutput == 4000)
        request.maxTokens = nil
        #expect(estimate(request, profile).reservedOutput == 512)
    }

    @Test("Counts near the end of the range do not overflow")
    func extremes() {
        var request = traits(latin: .max / 4)
        request.toolBytes = .max / 4
        request.maxTokens = .max
        request.choices = 128
        let estimate = estimate(request)
        #expect(estimate.input > 0)
        #expect(estimate.output == 512 * 128)
        var statistics = TokenStatistics()
        let key = TokenStatistics.OutputKey(model: "m", route: "r")
        let usage = TokenUsage(promptTokens: .max, completionTokens: .max)
        statistics.settle(request, profile: nil, key: key, usage: usage)
        #expect(statistics.estimate(request, profile: nil, key: key).input > 0)
    }

    @Test("Models and routes beyond the bounds keep the starting values")
    func bounded() {
        var statistics = TokenStatistics()
        let usage = TokenUsage(promptTokens: 50, completionTokens: 5)
        for index in 0..<(TokenStatistics.modelLimit + 10) {
            let key = TokenStatistics.OutputKey(model: "m\(index)", route: "r")
            statistics.settle(traits(latin: 400), profile: nil, key: key, usage: usage)
        }
        #expect(statistics.inputErrors.count == TokenStatistics.modelLimit)
        let late = TokenStatistics.OutputKey(model: "m\(TokenStatistics.modelLimit + 5)", route: "r")
        #expect(statistics.estimate(traits(latin: 400), profile: nil, key: late).input == 100)
    }
}
