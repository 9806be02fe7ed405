package import GatewayCore

/// The headers in which an answer says where it came from and why.
package enum ResponseHeaders {
    /// The `x-refrain-*` headers, `Age` on hits (RFC 9111, section 5.1) and `x-ratelimit-*`, in a fixed order. What is
    /// not known is left out. Values are printable ASCII of at most 256 characters, whatever the record holds.
    package static func headers(for record: ExchangeRecord) -> [(String, String)] {
        var headers: [(String, String)] = []
        each(of: record) { headers.append(($0, $1)) }
        return headers
    }

    /// The same, one after the other.
    package static func each(of record: ExchangeRecord, _ take: (_ name: String, _ value: String) -> Void) {
        func put(_ name: String, _ value: (some CustomStringConvertible)?) {
            guard let value = value.map({ safe($0.description) }), !value.isEmpty else { return }
            take(name, value)
        }
        let isHit = record.outcome?.isHit ?? false
        put("x-refrain-request-id", record.requestID)
        put("x-refrain-cache", record.outcome?.rawValue)
        if isHit, let age = record.age {
            // Clocks of replicas differ; an age is never negative.
            let seconds = max(age.components.seconds, 0)
            put("age", seconds)
            put("x-refrain-cache-age", seconds)
            put("x-refrain-cache-freshness", record.freshness?.rawValue)
        }
        put("x-refrain-similarity", record.similarity.flatMap { FixedDecimal.text(Double($0), digits: 4) })
        if let confidence = record.confidence {
            put("x-refrain-confidence", FixedDecimal.text(confidence.right, digits: 4))
            put("x-refrain-confidence-bound", FixedDecimal.text(confidence.bound, digits: 4))
            put("x-refrain-score", FixedDecimal.text(confidence.score, digits: 2))
            put("x-refrain-floor", confidence.floor.flatMap { FixedDecimal.text($0, digits: 2) } ?? "none")
        }
        put("x-refrain-entry", record.entry)
        if !isHit { put("x-refrain-miss-reason", record.missReason?.rawValue) }
        if record.tellsJudgment { put("x-refrain-cache-class", record.judgment?.text) }
        put("x-refrain-shadow", record.shadow?.rawValue)
        put("x-refrain-route", record.route)
        put("x-refrain-resolved-model", record.resolvedModel)
        if let last = record.attempts.last {
            put("x-refrain-deployment", last.deployment)
            put("x-refrain-attempts", record.attempts.count)
        }
        // What stands in for a provider that failed was paid for, too.
        if !isHit || record.outcome == .hitStale { put("x-refrain-cost-usd", record.cost.flatMap(Dollars.text)) }
        if isHit { put("x-refrain-saved-usd", record.saved.flatMap(Dollars.text)) }
        if !record.droppedParameters.isEmpty {
            put("x-refrain-dropped-params", record.droppedParameters.joined(separator: ", "))
        }
        put("x-refrain-queued-ms", record.queued.flatMap { FixedDecimal.text($0.milliseconds, digits: 3) })
        put("x-refrain-overhead-ms", FixedDecimal.text(record.timings.overhead.milliseconds, digits: 3))
        // Most requests have no limits.
        for name in ["requests", "tokens"] where !record.limits.isEmpty {
            guard let limit = tightest(name, of: record.limits) else { continue }
            put("x-ratelimit-limit-\(name)", limit.limit)
            put("x-ratelimit-remaining-\(name)", limit.remaining)
            put("x-ratelimit-reset-\(name)", ResetTime.text(limit.reset))
        }
    }

    /// Of several limits on the same thing the one that leaves least; of those that leave the same, the one that takes
    /// longest to come back.
    private static func tightest(_ name: String, of limits: [LimitNote]) -> LimitNote? {
        limits.filter { $0.name == name }.min { one, other in
            (one.remaining, other.reset) < (other.remaining, one.reset)
        }
    }

    /// `text` as a field value (RFC 9110, section 5.5): everything but visible ASCII and inner blanks becomes `?`, so
    /// that no name from a configuration or a provider can begin a header of its own.
    static func safe(_ text: String) -> String {
        let bytes = text.utf8
        let isSafe = bytes.count <= 256 && bytes.allSatisfy { (0x21...0x7E).contains($0) }
        return isSafe ? text : replaced(text)
    }

    private static func replaced(_ text: String) -> String {
        var bytes = text.unicodeScalars.prefix(256).map { scalar -> UInt8 in
            (0x20...0x7E).contains(scalar.value) ? UInt8(truncatingIfNeeded: scalar.value) : UInt8(ascii: "?")
        }
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return String(decoding: bytes.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
    }
}
