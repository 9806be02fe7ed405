import GatewayCore
import NIOCore

/// Lines of the record of the cache's decisions: lookups, and what was found out about them.
enum LookupLine {
    /// Questions that are shown to operators are cut here, in characters.
    private static let textLimit = 500

    /// Nil for a request that was not looked up, or of which nothing can be learned about floors.
    static func json(of record: ExchangeRecord, at time: UnixTime) -> ByteBuffer? {
        guard let action = action(of: record) else { return nil }
        return JSONWriter.object { writer in
            writer.member("id", record.requestID.description)
            writer.member("at", Int(time.milliseconds))
            writer.member("route", record.route)
            writer.member("action", action)
            if isShadowed(record) { writer.member("shadow", true) }
            // What the guard refuses no floor would serve.
            if !(record.missReason?.rawValue.hasPrefix("guard:") ?? false) {
                writer.member("cosine", rounded: record.similarity)
            }
            if let score = record.confidence?.score, score.isFinite { writer.member("score", rounded: Float(score)) }
            writer.member("cost", record.saved ?? record.cost)
        }
    }

    /// Whether there was something to serve, and the route serves nothing.
    private static func isShadowed(_ record: ExchangeRecord) -> Bool { record.missReason == .shadow }

    private static func action(of record: ExchangeRecord) -> String? {
        switch record.outcome {
        case .hitExact: return "exact"
        // Of an alias somebody has said that it is right, who may be wrong.
        case .hitAlias, .hitSemantic: return "serve"
        case .miss:
            if isShadowed(record) {
                return record.similarity == nil && record.shadow != .hitAlias ? "exact" : "serve"
            }
            return record.missReason == .explored ? "explore" : "miss"
        // What stood in for a provider, or came from another's call, no floor would have served.
        case .bypass, .hitStale, .coalesced, nil: return nil
        }
    }

    static func json(
        ofLabel isRight: Bool, request: RequestID, basis: AuditOutcome, share: Double, cost: Int,
        texts: (asked: String, stored: String)?, at time: UnixTime
    ) -> ByteBuffer {
        JSONWriter.object { writer in
            writer.member("label", request.description)
            writer.member("at", Int(time.milliseconds))
            writer.member("right", isRight)
            writer.member("basis", basis.rawValue)
            writer.member("share", share)
            if cost > 0 { writer.member("cost", cost) }
            guard let texts else { return }
            writer.member("asked", String(texts.asked.prefix(textLimit)))
            writer.member("stored", String(texts.stored.prefix(textLimit)))
        }
    }
}
