package import GatewayCore
import NIOCore
import RedisClient
package import SemanticCache

extension RedisCacheStore {
    /// Notes a partition as one that has curated answers, with what it is found by.
    package func open(_ shelf: CuratedShelf) async throws(CacheStoreError) {
        let value = JSONWriter.object { json in
            json.member("namespace", shelf.namespace)
            json.member("model", shelf.model)
        }
        _ = try await ask(
            RedisCommand(
                "HSET", .string(Keyspace.shelves(of: shelf.tenant)), .string(shelf.partition.description),
                .buffer(value)))
    }

    /// The partitions of a tenant that had curated answers once; what cannot be read is left out.
    package func shelves(of tenant: TenantID) async throws(CacheStoreError) -> [CuratedShelf] {
        let reply = try await ask(RedisCommand("HGETALL", .string(Keyspace.shelves(of: tenant))))
        let values = reply.array ?? []
        var shelves: [CuratedShelf] = []
        for place in stride(from: 0, to: values.count - 1, by: 2) {
            guard let wall = values[place].string.flatMap(Hexadecimal.decode).flatMap(PartitionID.init(bytes:)),
                let bytes = values[place + 1].bytes, let root = try? JSONDocument(bytes).root,
                let namespace = root["namespace"]?.string, let model = root["model"]?.string
            else { continue }
            shelves.append(CuratedShelf(partition: wall, tenant: tenant, namespace: namespace, model: model))
        }
        return shelves.sorted { ($0.namespace, $0.model) < ($1.namespace, $1.model) }
    }

    private func ask(_ command: RedisCommand) async throws(CacheStoreError) -> RedisReply {
        do throws(RedisError) {
            return try await redis.send(command, timeout: Self.adminTimeout)
        } catch {
            throw CacheStoreError(error)
        }
    }
}
