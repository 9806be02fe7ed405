package import GatewayCore
package import NIOCore

/// What a purge came to: the answer of `POST /admin/cache/purge`.
package struct PurgeReceipt: Sendable {
    /// One of the entries it is about.
    package struct Sample: Sendable {
        package let entry: EntryID
        package let question: String?
        package let similarity: Float?
    }

    package let order: PurgeOrder
    /// How many entries it is about; nil where nobody has counted: forgetting by one number looks at none.
    package var count: Int?
    /// Whether there may be more than were counted.
    package var isAtLeast = false
    package var samples: [Sample] = []
    /// The purge's number; nil where entries were deleted one by one, and for a dry run.
    package var generation: CacheGeneration?
    /// From when on nothing of it is served by who asks the store.
    package var holdsSince: UnixTime?
    /// For how long after that replicas may serve it from memory, as far as this one's configuration tells.
    package var bound: Duration = .zero

    package var json: ByteBuffer {
        var writer = JSONObjectWriter()
        writer.text("object", "cache.purge")
        writer.text("tenant", order.tenant.description)
        writer.text("by", order.subject.name)
        writer.flag("dry_run", order.isDry)
        writer.integer("count", count)
        if isAtLeast { writer.flag("count_is_least", true) }
        if let generation { writer.integer("generation", Int(generation.value)) }
        if let holdsSince {
            writer.integer("holds_since_ms", Int(holdsSince.milliseconds))
            writer.integer("replicas_follow_within_ms", Int(bound / .milliseconds(1)))
        }
        if !samples.isEmpty {
            writer.array("sample", samples) { sample, writer in
                writer.text("entry", sample.entry.description)
                writer.text("question", sample.question)
                if let similarity = sample.similarity { writer.number("similarity", similarity) }
            }
        }
        var json = writer.finished()
        json.writeStaticString("\n")
        return json
    }
}
