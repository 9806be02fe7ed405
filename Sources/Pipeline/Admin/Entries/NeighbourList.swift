import GatewayCore
package import NIOCore
import SemanticCache

/// The entries nearest to a text: the answer of `POST /admin/cache/neighbours`.
package struct NeighbourList: Sendable {
    struct Row: Sendable {
        let similarity: Float
        let verdict: GuardVerdict
        /// Whether one of the entry's distractors is nearer.
        let isDistracted: Bool
        let summary: EntrySummary
    }

    let rows: [Row]
    /// The cosine that a candidate must reach, where a route has no other.
    let threshold: Float?

    package var json: ByteBuffer {
        var json = JSONWriter.object { json in
            json.member("object", "cache.neighbours")
            json.member("threshold", rounded: threshold)
            json.objects("neighbours", of: rows) { json, row in
                json.member("similarity", rounded: row.similarity)
                json.member("guard", Self.word(row.verdict))
                json.array("reasons") { json in
                    for reason in Self.reasons(row.verdict) { json.string(reason.rawValue) }
                }
                json.member("distracted", row.isDistracted)
                row.summary.write(into: &json)
            }
        }
        json.writeStaticString("\n")
        return json
    }

    private static func word(_ verdict: GuardVerdict) -> String {
        switch verdict {
        case .pass: "pass"
        case .caution: "caution"
        case .veto: "veto"
        }
    }

    private static func reasons(_ verdict: GuardVerdict) -> [GuardReason] {
        if case .veto(let reason) = verdict { return [reason] }
        return verdict.cautions.reasons
    }
}
