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
        /// Whether the encoder before has found it, and its similarity is that one's.
        let isFormer: Bool
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
                row.verdict.write(into: &json)
                json.member("distracted", row.isDistracted)
                if row.isFormer { json.member("former", true) }
                row.summary.write(into: &json)
            }
        }
        json.writeStaticString("\n")
        return json
    }
}
