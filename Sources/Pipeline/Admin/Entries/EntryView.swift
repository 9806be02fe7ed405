import GatewayCore
package import NIOCore
import SemanticCache

/// One stored entry as a whole: the answer of `GET /admin/cache/entries/{id}`.
package struct EntryView: Sendable {
    let summary: EntrySummary
    /// Whether a request for exactly this question would get it; not when a purge has ended it.
    let isServed: Bool

    package var json: ByteBuffer {
        let entry = summary.entry
        var json = JSONWriter.object(capacity: 1024 + entry.answer.readableBytes) { json in
            json.member("object", "cache.entry")
            summary.write(into: &json)
            json.member("served", isServed)
            json.member("principal", entry.labels?.labels?.principal)
            json.member("generation", entry.generation.map { Int($0.value) })
            json.member("alias_of", entry.alias?.entry.description)
            json.member("verified_by", entry.alias?.provenance)
            if let curation = entry.curation { json.member("distractors", curation.distractors.count) }
            if let usage = entry.usage {
                json.object("usage") { json in
                    json.member("prompt_tokens", usage.promptTokens)
                    json.member("completion_tokens", usage.completionTokens)
                }
            }
            // What is stored may be damaged; this must be JSON all the same.
            if let answer = JSONText(checking: String(buffer: entry.answer)) {
                json.member("answer", answer)
            } else {
                json.null("answer")
            }
        }
        json.writeStaticString("\n")
        return json
    }
}
