import GatewayCore
package import NIOCore
import SemanticCache

/// How much is stored for whom: the answer of `GET /admin/cache/stats`.
package struct CacheStatistics: Sendable {
    struct Partition: Sendable {
        let id: PartitionID
        let owner: PartitionOwner?
        /// Entries in this replica's mirror: those that similar questions may be served from.
        var mirrored: Int
        /// The model that curated answers are for, and how many of them were put there.
        var curated: (model: String, answers: Int)?
    }

    /// The largest first.
    let partitions: [Partition]
    let limit: Int
    /// The encoder before the present one, and how many entries only that one finds.
    let former: (encoder: EncoderIdentity, remaining: Int)?

    package var json: ByteBuffer {
        let tenants = Dictionary(grouping: partitions) { $0.owner }
        var json = JSONWriter.object { json in
            json.member("object", "cache.stats")
            json.member("mirrored", partitions.reduce(0) { $0 + $1.mirrored })
            json.objects("tenants", of: tenants.sorted { Self.name($0.key) < Self.name($1.key) }) { json, tenant in
                json.member("tenant", orNull: tenant.key?.tenant.description)
                json.member("namespace", orNull: tenant.key?.namespace)
                json.member("partitions", tenant.value.count)
                json.member("mirrored", tenant.value.reduce(0) { $0 + $1.mirrored })
                json.member("curated", tenant.value.reduce(0) { $0 + ($1.curated?.answers ?? 0) })
            }
            json.objects("partitions", of: Array(partitions.prefix(limit))) { json, partition in
                json.member("partition", partition.id.description)
                json.member("tenant", orNull: partition.owner?.tenant.description)
                json.member("namespace", orNull: partition.owner?.namespace)
                json.member("mirrored", partition.mirrored)
                json.member("curated", partition.curated?.answers ?? 0)
                json.member("model", partition.curated?.model)
            }
            json.member("more_partitions", max(0, partitions.count - limit))
            if let former {
                json.object("former") { json in
                    json.member("encoder", former.encoder.description)
                    json.member("remaining", former.remaining)
                }
            }
        }
        json.writeStaticString("\n")
        return json
    }

    private static func name(_ owner: PartitionOwner?) -> String {
        owner.map { "\($0.tenant)\n\($0.namespace)" } ?? ""
    }
}
