/// Reads the rate-limit headers of providers.
///
/// OpenAI, Azure OpenAI and Groq send `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` with a reset such as
/// `6m0s` or `76ms`, which Azure leaves out; Anthropic sends `anthropic-ratelimit-…` with a reset that is a date
/// (RFC 3339). Gemini sends none. What cannot be read is left out.
package enum ProviderLimits {
    /// - Parameters:
    ///   - headers: of any answer; names in any case.
    ///   - now: milliseconds since 1970, for resets that are dates.
    package static func read(_ headers: [(name: String, value: String)], now: Int64) -> [ProviderLimit] {
        var found: [String: String] = [:]
        for (name, value) in headers where name.utf8.count <= longestName {
            let name = name.lowercased()
            if name.hasPrefix(openAI) || name.hasPrefix(anthropic) { found[name] = trimmed(value) }
        }
        if found.isEmpty { return [] }
        let plain: [(String, ProviderLimit.Kind)] = [("requests", .requests), ("tokens", .tokens)]
        let split: [(String, ProviderLimit.Kind)] = [("input-tokens", .inputTokens), ("output-tokens", .outputTokens)]
        let first = plain.compactMap { subject, kind in
            limit(
                kind, found["\(openAI)limit-\(subject)"], found["\(openAI)remaining-\(subject)"],
                found["\(openAI)reset-\(subject)"].flatMap(GoDuration.read))
        }
        let second = (plain + split).compactMap { subject, kind in
            limit(
                kind, found["\(anthropic)\(subject)-limit"], found["\(anthropic)\(subject)-remaining"],
                found["\(anthropic)\(subject)-reset"].flatMap { InternetDate.milliseconds($0) }.map {
                    .milliseconds(max(0, $0.subtractingReportingOverflow(now).partialValue))
                })
        }
        return first + second
    }

    private static let openAI = "x-ratelimit-"
    private static let anthropic = "anthropic-ratelimit-"
    private static let longestName = 64
    /// Where a provider does not say when its count starts anew: a limit of a minute is back then.
    private static let minute = Duration.seconds(60)
    private static let day = Duration.seconds(86_400)

    private static func limit(
        _ kind: ProviderLimit.Kind, _ limit: String?, _ remaining: String?, _ reset: Duration?
    ) -> ProviderLimit? {
        guard let remaining = remaining.flatMap(count) else { return nil }
        let reset = min(reset ?? minute, day)
        return ProviderLimit(
            // No count of a minute takes longer than that to start anew: Groq's requests are those of a day.
            reset > minute ? daily(kind) : kind, limit: limit.flatMap(count), remaining: remaining, reset: reset)
    }

    private static func daily(_ kind: ProviderLimit.Kind) -> ProviderLimit.Kind {
        switch kind {
        case .requests: .requestsPerDay
        case .tokens: .tokensPerDay
        case .inputTokens, .outputTokens, .requestsPerDay, .tokensPerDay: kind
        }
    }

    /// A whole number without a sign. Azure sends `-1` where it does not count.
    private static func count(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func trimmed(_ value: String) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        var text = value.drop(while: isSpace)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }
}
