import GatewayCore

/// How many bytes a model's tokeniser makes one token of, by script class, learned from what providers counted.
struct TokenRatios: Sendable, Equatable {
    /// By ``ScriptClass``. Before anything was learned: 4.0 for alphabets (English in the tokenisers of 2024 to 2026
    /// has 4.0 to 4.7), 1.6 for Chinese, Japanese and Korean, 3.0 for code.
    private(set) var bytesPerToken: [Double] = [4.0, 1.6, 3.0]

    /// Tool definitions are dense JSON; their share of a request is too steady to be told apart by learning.
    static let toolBytesPerToken = 3.2
    /// What the frame of one message takes, role and separators.
    static let messageTokens = 4
    /// The weight of one new observation.
    private static let gain = 0.1
    /// No tokeniser lies outside; an observation that says so was made of something else (hidden prompts, retries).
    private static let range = 0.5...12.0
    /// A single request moves a ratio at most as if the truth were so much off.
    private static let surprise = 0.25...4.0

    /// The text of a request in tokens, without tools, pictures and frames.
    func tokens(of bytes: ScriptBytes) -> Double {
        ScriptClass.allCases.reduce(0) { $0 + Double(bytes[$1]) / bytesPerToken[$1.rawValue] }
    }

    /// Learns from one settled request: each class moves towards the ratio that would have been right, by its share of
    /// the expected tokens, so that a class that hardly occurs is hardly judged.
    /// - Parameter actual: the tokens of this text as the provider counted them.
    mutating func learn(_ bytes: ScriptBytes, actual: Double) {
        let expected = tokens(of: bytes)
        guard expected >= 8, actual > 0 else { return }
        let factor = min(max(expected / actual, Self.surprise.lowerBound), Self.surprise.upperBound)
        for script in ScriptClass.allCases {
            let old = bytesPerToken[script.rawValue]
            let share = Double(bytes[script]) / old / expected
            let next = old * (1 + Self.gain * share * (factor - 1))
            bytesPerToken[script.rawValue] = min(max(next, Self.range.lowerBound), Self.range.upperBound)
        }
    }
}
