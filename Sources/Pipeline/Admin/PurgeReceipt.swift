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
        var json = JSONWriter.object { writer in
            writer.member("object", "cache.purge")
            writer.member("tenant", order.tenant.description)
            writer.member("by", order.subject.name)
            writer.member("dry_run", order.isDry)
            writer.member("count", orNull: count)
            if isAtLeast { writer.member("count_is_least", true) }
            writer.member("generation", generation.map { Int($0.value) })
            if let holdsSince {
                writer.member("holds_since_ms", Int(holdsSince.milliseconds))
                writer.member("replicas_follow_within_ms", Int(bound / .milliseconds(1)))
            }
            if !samples.isEmpty { writer.objects("sample", of: samples, Self.write) }
        }
        json.writeStaticString("\n")
        return json
    }

    private static func write(to json: inout JSONWriter, _ sample: Sample) {
        json.member("entry", sample.entry.description)
        json.member("question", orNull: sample.question)
        json.member("similarity", rounded: sample.similarity)
    }
}
