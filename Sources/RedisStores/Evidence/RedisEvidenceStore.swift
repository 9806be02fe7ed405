package import GatewayCore
import NIOCore
package import RedisClient
package import SemanticCache

/// What the fleet has learned of hits, in Redis: one hash for each namespace and route, one round trip to tell
/// and hear.
package struct RedisEvidenceStore: EvidenceStore {
    private let redis: RedisClient
    private let encoder: EncoderIdentity

    /// Nobody asked there for so long.
    private static let lifeMilliseconds = 30 * 24 * 60 * 60 * 1000
    /// Evidence may be 130 KB, and nobody waits for it.
    private static let timeout: Duration = .seconds(2)

    /// - Parameter encoder: whose cosines the evidence is about.
    package init(redis: RedisClient, encoder: EncoderIdentity) {
        self.redis = redis
        self.encoder = encoder
    }

    package func exchange(_ report: EvidenceReport) async throws(CacheStoreError) -> EvidenceNews {
        let reply: [RedisReply]
        do throws(RedisError) {
            let fixed: [RedisArgument] = [
                .string(report.replica), .bytes(report.evidence ?? []), .string(String(report.heard)),
                .integer(report.drifts), .integer(Self.lifeMilliseconds),
                .integer(Int(report.goneAfter / .milliseconds(1))),
            ]
            reply = try await redis.evaluate(
                EvidenceScripts.exchange, keys: [Keyspace.evidence(of: report.space, encoder: encoder)],
                arguments: fixed + report.inherited.map { RedisArgument.string($0) }, timeout: Self.timeout
            ).expectArray()
        } catch {
            throw CacheStoreError(error)
        }
        guard reply.count == 6, let heard = reply[0].string.flatMap({ Int64($0) }), let drifts = reply[1].integer,
            let isTaken = reply[2].integer, let isNews = reply[3].integer, let names = reply[4].array,
            let flat = reply[5].array
        else { throw CacheStoreError(.malformed, "what was learned of hits cannot be read") }
        return EvidenceNews(
            heard: heard, drifts: drifts, isTaken: isTaken == 1,
            changes: isNews == 1
                ? EvidenceChanges(names: names.compactMap(\.string), fields: Self.fields(flat)) : nil)
    }

    /// What cannot be read says nothing: it may be of another version.
    private static func fields(_ flat: [RedisReply]) -> [EvidenceField] {
        stride(from: 0, to: flat.count - flat.count % 2, by: 2).compactMap { place in
            guard let name = flat[place].string, let bytes = flat[place + 1].bytes else { return nil }
            let evidence = NamespaceEvidence(encoded: Array(bytes.readableBytesView))
            return EvidenceField(name: name, evidence: evidence ?? NamespaceEvidence())
        }
    }
}
