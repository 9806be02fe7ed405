import GatewayCore
import SemanticCache

/// What is told of an entry wherever it is named.
struct EntrySummary: Sendable {
    let entry: StoredEntry
    let now: UnixTime

    func write(into json: inout JSONWriter) {
        let labels = entry.labels?.labels
        json.member("entry", entry.id.description)
        json.member("question", orNull: entry.question)
        json.member("tenant", labels?.tenant.description)
        json.member("namespace", labels?.namespace)
        json.member("model", labels?.model)
        json.member("answered_by", entry.model)
        json.array("tags") { json in for tag in labels?.tags ?? [] { json.string(tag) } }
        json.member("curated", entry.curation?.answer)
        json.member("age_s", Self.seconds(now - entry.created))
        if entry.expires == Curation.forever {
            json.null("expires_in_s")
        } else {
            json.member("expires_in_s", Self.seconds(entry.expires - now))
        }
        json.member("partition", entry.partition.description)
    }

    private static func seconds(_ duration: Duration) -> Int { Int(duration.components.seconds) }
}
