/// Times of some answers, added up: what replicas tell each other, as sums can be merged and means cannot.
package struct LatencySums: Sendable, Equatable {
    /// Microseconds until the first token, and of how many answers.
    package var firstTokenMicroseconds: Int64 = 0
    package var firstTokens: Int64 = 0
    /// Microseconds from the first token to the last, the tokens made in them, and in how many answers.
    package var decodeMicroseconds: Int64 = 0
    package var decodeTokens: Int64 = 0
    package var decodes: Int64 = 0

    package init() {}

    package init(
        firstTokenMicroseconds: Int64, firstTokens: Int64, decodeMicroseconds: Int64, decodeTokens: Int64,
        decodes: Int64
    ) {
        self.firstTokenMicroseconds = firstTokenMicroseconds
        self.firstTokens = firstTokens
        self.decodeMicroseconds = decodeMicroseconds
        self.decodeTokens = decodeTokens
        self.decodes = decodes
    }

    /// Microseconds until the first token, on average; nil without a sample.
    var meanFirstToken: Double? {
        firstTokens > 0 ? Double(firstTokenMicroseconds) / Double(firstTokens) : nil
    }

    /// Microseconds per output token, on average; nil without a sample.
    var meanPerToken: Double? {
        decodeTokens > 0 ? Double(decodeMicroseconds) / Double(decodeTokens) : nil
    }

    mutating func add(_ other: LatencySums) {
        firstTokenMicroseconds += other.firstTokenMicroseconds
        firstTokens += other.firstTokens
        decodeMicroseconds += other.decodeMicroseconds
        decodeTokens += other.decodeTokens
        decodes += other.decodes
    }

    mutating func add(_ sample: TargetSample) {
        switch sample {
        case .answered(let firstToken, let duration, let tokens):
            if let firstToken {
                firstTokenMicroseconds += Self.microseconds(firstToken)
                firstTokens += 1
            }
            let decode = Self.microseconds(duration - (firstToken ?? .zero))
            // One token has no time between tokens.
            guard let tokens, tokens > 1, decode > 0 else { return }
            decodeMicroseconds += decode
            decodeTokens += Int64(min(tokens, Self.mostTokens))
            decodes += 1
        case .hardFailure(.some(let waited)), .outrun(let waited, _):
            firstTokenMicroseconds += Self.microseconds(waited)
            firstTokens += 1
        default: break
        }
    }

    private static let mostTokens = 10_000_000

    /// Between zero and a day, so that no sum of them overflows.
    private static func microseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = min(max(duration, .zero), .seconds(86_400)).components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
