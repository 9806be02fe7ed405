internal import GatewayCore

/// Which limit of the provider a refusal speaks of, and when there is room again, as far as either is said.
///
/// Gemini has no headers for it: it names quotas (`google.rpc.QuotaFailure`) and a delay (`google.rpc.RetryInfo`) in
/// the body. OpenAI and its likes say in headers what is left, in the type which limit it was, and Azure OpenAI only
/// in words how long to wait.
struct RefusedLimit: Equatable {
    var kind: ProviderLimit.Kind?
    var wait: Duration?
    /// Whether a day's quota is used up: then a delay that is named beside it is not what helps.
    var isDaily = false

    init() {}

    /// - Parameter limits: what the headers of the refusal say is left.
    init(_ body: ProviderErrorBody, limits: [ProviderLimit]) {
        let details = body.error?["details"].map { Array($0.elements.prefix(Self.most)) } ?? []
        let quotas = Self.quotas(details)
        isDaily = quotas.contains { $0.contains("perday") }
        if let quota = quotas.first(where: { $0.contains("perday") }) ?? quotas.first {
            kind = Self.kind(ofQuota: quota)
        }
        // Until the last of those that are used up is back: before that the next call would be refused too.
        let spent = limits.filter { $0.remaining == 0 }.max { $0.reset < $1.reset }
        kind = kind ?? spent?.kind ?? body.type.flatMap { Self.byType[$0] }
        wait = isDaily ? nil : Self.delay(details) ?? spent?.reset ?? body.message.flatMap(Self.spokenDelay)
    }

    private static let byType: [String: ProviderLimit.Kind] = ["requests": .requests, "tokens": .tokens]

    /// `retryDelay` of a `google.rpc.RetryInfo`: seconds with a fraction and an `s`, as protobuf writes durations.
    private static func delay(_ details: [JSONElement]) -> Duration? {
        details.compactMap { $0["retryDelay"]?.string.flatMap(GoDuration.read) }.max()
    }

    /// The quotas of a `google.rpc.QuotaFailure`, in lower case.
    private static func quotas(_ details: [JSONElement]) -> [String] {
        details.flatMap { detail in
            detail["violations"].map { Array($0.elements.prefix(most)) } ?? []
        }.compactMap { $0["quotaId"]?.string?.lowercased() }
    }

    /// Such as `GenerateRequestsPerDayPerProjectPerModel` or `GenerateContentInputTokensPerModelPerMinute`.
    private static func kind(ofQuota quota: String) -> ProviderLimit.Kind {
        let isTokens = quota.contains("token")
        if quota.contains("perday") { return isTokens ? .tokensPerDay : .requestsPerDay }
        if !isTokens { return .requests }
        return quota.contains("input") ? .inputTokens : quota.contains("output") ? .outputTokens : .tokens
    }

    /// `… try again in 1m2.5s` (OpenAI), `… retry after 26 seconds` (Azure OpenAI).
    private static func spokenDelay(_ message: String) -> Duration? {
        let words = message.utf8.prefix(500).split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
        for start in words.indices.dropLast(2) {
            guard ["again in", "retry after"].contains("\(words[start]) \(words[start + 1])") else { continue }
            return duration(words[start + 2], unit: start + 3 < words.count ? words[start + 3] : "")
        }
        return nil
    }

    private static func duration(_ word: String, unit: String) -> Duration? {
        var word = word
        while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
        return GoDuration.read(word) ?? (unit.hasPrefix("second") ? GoDuration.read(word + "s") : nil)
    }

    private static let most = 16
}
