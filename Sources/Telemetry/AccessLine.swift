import GatewayCore
import Logging

/// The metadata of a request's log line.
enum AccessLine {
    /// Only what is known is named. Texts that came from outside are cut to 128 characters.
    static func metadata(of record: ExchangeRecord, total: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKeys.requestID: "\(record.requestID)",
            LogKeys.status: "\(record.status)",
            LogKeys.isStream: "\(record.isStream)",
        ]
        func put(_ key: String, _ value: (some CustomStringConvertible)?) {
            if let value { metadata[key] = .string(String(value.description.prefix(128))) }
        }
        put(LogKeys.durationMilliseconds, FixedDecimal.text(total.milliseconds, digits: 3))
        put(LogKeys.overheadMilliseconds, FixedDecimal.text(record.timings.overhead.milliseconds, digits: 3))
        put(LogKeys.tenant, record.tenant)
        put(LogKeys.route, record.route)
        put(LogKeys.outcome, record.isRefresh ? "refresh" : record.outcome?.rawValue)
        put(LogKeys.freshness, record.freshness?.rawValue)
        put(LogKeys.missReason, record.missReason?.rawValue)
        put(LogKeys.error, record.errorCode?.rawValue)
        put(LogKeys.similarity, record.similarity.flatMap { FixedDecimal.text(Double($0), digits: 4) })
        put(LogKeys.entry, record.entry)
        put(LogKeys.resolvedModel, record.resolvedModel)
        put(LogKeys.promptTokens, record.usage?.promptTokens)
        put(LogKeys.completionTokens, record.usage?.completionTokens)
        put(LogKeys.write, record.write?.rawValue)
        if record.isClientGone { metadata[LogKeys.isClientGone] = "true" }
        if let last = record.attempts.last {
            put(LogKeys.attempts, record.attempts.count)
            put(LogKeys.deployment, last.deployment)
            put(LogKeys.result, last.result)
        }
        return metadata
    }
}
