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
            reply = try await redis.evaluate(
                EvidenceScripts.exchange, keys: [Keyspace.evidence(of: report.space, encoder: encoder)],
                arguments: [
                    .string(report.replica), .bytes(report.evidence ?? []), .integer(Int(report.heard)),
                    .integer(report.drifts), .integer(Self.lifeMilliseconds),
                ], timeout: Self.timeout
            ).expectArray()
        } catch {
            throw CacheStoreError(error)
        }
        guard reply.count == 4, let writes = reply[0].integer, let drifts = reply[1].integer,
            let now = reply[2].string.flatMap({ Int64($0) }), let flat = reply[3].array
        else { throw CacheStoreError(.malformed, "what was learned of hits cannot be read") }
        return EvidenceNews(
            writes: writes, drifts: drifts, fields: flat.isEmpty ? nil : Self.fields(flat, now: now))
    }

    package func take(_ field: EvidenceField, of space: DecisionSpace) async throws(CacheStoreError) -> Bool {
        do throws(RedisError) {
            return try await redis.evaluate(
                EvidenceScripts.take, keys: [Keyspace.evidence(of: space, encoder: encoder)],
                arguments: [.string(field.replica), .string(String(field.written))], timeout: Self.timeout
            ).expectInteger() == 1
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// What cannot be read is left out: it may be of another version.
    private static func fields(_ flat: [RedisReply], now: Int64) -> [EvidenceField] {
        var fields: [EvidenceField] = []
        for place in stride(from: 0, to: flat.count - flat.count % 2, by: 2) {
            guard let replica = flat[place].string, replica != "#", replica != "!",
                let bytes = flat[place + 1].bytes.map({ Array($0.readableBytesView) }),
                let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon <= 16,
                let written = Int64(String(decoding: bytes[..<colon], as: UTF8.self)),
                let evidence = NamespaceEvidence(encoded: Array(bytes[(colon + 1)...]))
            else { continue }
            let age = max(0, now.subtractingReportingOverflow(written).partialValue)
            fields.append(
                EvidenceField(replica: replica, written: written, age: .milliseconds(age), evidence: evidence))
        }
        return fields
    }
}
