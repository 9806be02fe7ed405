import GatewayCore
package import NIOCore
import SemanticCache

/// Some stored entries: the answer of `GET /admin/cache/entries`.
package struct EntryPage: Sendable {
    let entries: [EntrySummary]
    /// Where the next page begins; nil behind the last.
    package let next: String?

    package var json: ByteBuffer {
        var json = JSONWriter.object { json in
            json.member("object", "cache.entries")
            json.objects("entries", of: entries) { json, entry in entry.write(into: &json) }
            json.member("next_cursor", orNull: next)
        }
        json.writeStaticString("\n")
        return json
    }
}
