/// What a model's name tells of what it takes, where models of one family differ and refuse each other's requests.
///
/// From the migration guides of the models: a budget of thinking is all that models before 4.6 know, and what those
/// from 4.7 on refuse, as they refuse every parameter of sampling; from 4.1 on temperature and `top_p` exclude each
/// other; from 4.8 on a system message may stand between others. Some families, and Opus from 5.5 on, always think, and
/// of these the latest call the tools they choose alone.
struct ClaudeGeneration: Equatable {
    /// Major and minor; nil for a model of another maker behind the same dialect.
    private let version: (major: Int, minor: Int)?
    /// Such as `opus`; nil where the name has no such word.
    private let family: String?

    static func == (left: ClaudeGeneration, right: ClaudeGeneration) -> Bool {
        left.version?.major == right.version?.major && left.version?.minor == right.version?.minor
            && left.family == right.family
    }

    /// - Parameter model: such as `claude-opus-4-1-20250805` or `claude-3-5-haiku-latest`. One of this family without
    ///   a number that can be read counts as the newest.
    init(model: String) {
        let name = model.lowercased()
        guard let maker = name.firstRange(of: "claude") else {
            version = nil
            family = nil
            return
        }
        // Behind a colon is Amazon's count of its own editions.
        let words = name[maker.upperBound...].prefix { $0 != ":" }.split { !$0.isLetter && !$0.isNumber }
        family = words.first { $0.allSatisfy(\.isLetter) }.map(String.init)
        // Dates have more digits than versions.
        let numbers = words.drop { Int($0) == nil }.prefix { Int($0) != nil && $0.utf8.count < 3 }
        if let major = numbers.first.flatMap({ Int($0) }) {
            version = (major, numbers.dropFirst().first.flatMap { Int($0) } ?? 0)
        } else {
            // The first of all, at Amazon.
            let isFirst = words.first.map { $0 == "instant" || $0 == "v2" } ?? false
            version = isFirst ? (2, 0) : (.max, 0)
        }
    }

    /// Whether it can think at all.
    var thinks: Bool { version == nil || isAtLeast(3, 7) }
    var takesSchemas: Bool { version == nil || isAtLeast(4, 5) }
    /// Whether thinking is asked for by a budget of tokens, and not left to the model.
    var thinksByBudget: Bool { !isAtLeast(4, 6) }
    /// Whether a budget of thinking is understood at all.
    var takesBudget: Bool { !isAtLeast(4, 7) }
    var takesSampling: Bool { !isAtLeast(4, 7) }
    var takesTemperatureWithTopP: Bool { !isAtLeast(4, 1) }
    var takesEffortAboveHigh: Bool { isAtLeast(4, 7) }
    var takesLaterSystem: Bool { isAtLeast(4, 8) }
    /// Whether it refuses to be told not to think.
    var alwaysThinks: Bool { isOfThinkers || isOpus && isAtLeast(5, 5) }
    /// Whether it refuses to be told which tool to call, or that it must call one.
    var refusesForcedTools: Bool { isOfThinkers && isAtLeast(5, 1) || isOpus && isAtLeast(5, 5) }

    private var isOfThinkers: Bool { family == "fable" || family == "mythos" }
    private var isOpus: Bool { family == "opus" }

    private func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
        guard let version else { return false }
        return (version.major, version.minor) >= (major, minor)
    }
}
