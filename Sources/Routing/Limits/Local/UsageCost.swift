/// What one call adds in each dimension. Binary floating point as in the Redis scripts, exact for whole numbers.
struct UsageCost: Sendable, Equatable {
    var requests: Double
    var input: Double
    var output: Double

    /// Requests, input, output and total tokens, as ``LimitDimension`` orders them.
    var minute: SIMD4<Double> { SIMD4(requests, input, output, input + output) }
    /// Requests and tokens.
    var day: SIMD2<Double> { SIMD2(requests, input + output) }

    init(requests: Double, input: Double, output: Double) {
        self.requests = requests
        self.input = input
        self.output = output
    }

    init(_ tokens: PickRequest.Tokens) { self.init(inputTokens: tokens.input, outputTokens: tokens.output) }

    init(inputTokens: Int, outputTokens: Int) {
        self.init(
            requests: 1, input: Double(Limits.countable(inputTokens)), output: Double(Limits.countable(outputTokens)))
    }

    subscript(dimension: LimitDimension) -> Double {
        dimension.isDaily ? day[dimension.rawValue - 4] : minute[dimension.rawValue]
    }

    static func - (left: UsageCost, right: UsageCost) -> UsageCost {
        UsageCost(
            requests: left.requests - right.requests, input: left.input - right.input,
            output: left.output - right.output)
    }

    /// Without what would give something back.
    var overrun: UsageCost {
        UsageCost(requests: max(0, requests), input: max(0, input), output: max(0, output))
    }
}

extension Settlement {
    /// What counts in the end.
    var cost: UsageCost {
        let counted = counted
        return UsageCost(
            requests: Double(counted.requests), input: Double(counted.inputTokens),
            output: Double(counted.outputTokens))
    }
}
