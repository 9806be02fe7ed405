extension MockBehavior {
    /// Sets one knob from its text, as a header carries it. Throws `invalidKnob` if the text is not in its range.
    package mutating func set(_ knob: MockKnob, to text: String) throws(MockProviderError) {
        switch knob {
        case .latency: latency = try Self.milliseconds(text, of: knob)
        case .jitter: jitter = try Self.milliseconds(text, of: knob)
        case .tokenPace: tokenPace = try Self.milliseconds(text, of: knob)
        case .answerTokens: answerTokens = try Self.count(text, in: 1...Self.answerTokenLimit, of: knob)
        case .answer: answer = text
        case .stampFrames: stampsFrames = try Self.flag(text, of: knob)
        case .errorRate: errorRate = try Self.share(text, of: knob)
        case .errorStatus: errorStatus = try Self.count(text, in: 400...599, of: knob)
        case .forcedStatus: forcedStatus = try Self.count(text, in: 400...599, of: knob)
        case .failure: failure = try Self.choice(text, of: knob)
        case .retryAfter: retryAfter = try Self.seconds(text, of: knob)
        case .retryAfterForm: retryAfterForm = try Self.choice(text, of: knob)
        case .rateLimit: rateLimit = try Self.count(text, in: 0...1_000_000_000, of: knob)
        case .rateTokens: rateTokens = try Self.count(text, in: 0...1_000_000_000, of: knob)
        case .rateWindow: rateWindow = try Self.milliseconds(text, of: knob)
        case .cutAfterFrames: cutAfterFrames = try Self.frame(text, from: 0, of: knob)
        case .stallAfterFrames: stallAfterFrames = try Self.frame(text, from: 0, of: knob)
        case .malformedFrame: malformedFrame = try Self.frame(text, from: 1, of: knob)
        case .errorFrame: errorFrame = try Self.frame(text, from: 1, of: knob)
        case .errorAfterLifecycle: errorAfterLifecycle = try Self.flag(text, of: knob)
        case .missingTerminal: missingTerminal = try Self.flag(text, of: knob)
        case .pings: pings = try max(Duration.milliseconds(1), Self.milliseconds(text, of: knob))
        case .closeBeforeHead: closesBeforeHead = try Self.flag(text, of: knob)
        case .finishReason: finishReason = try Self.word(text, of: knob)
        case .toolCall: toolCall = try Self.word(text, of: knob)
        case .toolArguments: toolArguments = text
        case .refusal: refusal = try Self.word(text, of: knob)
        case .thinkingTokens: thinkingTokens = try Self.count(text, in: 0...Self.answerTokenLimit, of: knob)
        case .cachedTokens: cachedTokens = try Self.count(text, in: 0...1_000_000_000, of: knob)
        case .cacheWriteTokens: cacheWriteTokens = try Self.count(text, in: 0...1_000_000_000, of: knob)
        case .embeddingDimension: embeddingDimension = try Self.count(text, in: 1...Self.dimensionLimit, of: knob)
        }
    }

    private static func milliseconds(_ text: String, of knob: MockKnob) throws(MockProviderError) -> Duration {
        // One hour: longer than any timeout worth testing, and far from overflow.
        guard let value = Double(text), value >= 0, value <= 3_600_000 else {
            throw invalid(text, of: knob, expected: "milliseconds from 0 to 3600000")
        }
        return .microseconds(Int64((value * 1000).rounded()))
    }

    private static func seconds(_ text: String, of knob: MockKnob) throws(MockProviderError) -> Duration {
        guard let value = Double(text), value >= 0, value <= 86_400 else {
            throw invalid(text, of: knob, expected: "seconds from 0 to 86400")
        }
        return .milliseconds(Int64((value * 1000).rounded()))
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, of knob: MockKnob
    ) throws(MockProviderError) -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid(text, of: knob, expected: "one of \(all)")
        }
        return choice
    }

    private static func count(
        _ text: String, in range: ClosedRange<Int>, of knob: MockKnob
    ) throws(MockProviderError) -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw invalid(text, of: knob, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private static func frame(_ text: String, from first: Int, of knob: MockKnob) throws(MockProviderError) -> Int {
        try count(text, in: first...1_000_000_000, of: knob)
    }

    private static func share(_ text: String, of knob: MockKnob) throws(MockProviderError) -> Double {
        guard let value = Double(text), value >= 0, value <= 1 else {
            throw invalid(text, of: knob, expected: "a share from 0 to 1")
        }
        return value
    }

    private static func flag(_ text: String, of knob: MockKnob) throws(MockProviderError) -> Bool {
        switch text {
        case "true", "1": return true
        case "false", "0": return false
        default: throw invalid(text, of: knob, expected: "true or false")
        }
    }

    private static func word(_ text: String, of knob: MockKnob) throws(MockProviderError) -> String {
        guard !text.isEmpty else { throw invalid(text, of: knob, expected: "a name") }
        return text
    }

    private static func invalid(_ text: String, of knob: MockKnob, expected: String) -> MockProviderError {
        let name = knob.headerName
        return MockProviderError(.invalidKnob, "'\(name)' must be \(expected), not '\(text)'.", param: name)
    }
}
