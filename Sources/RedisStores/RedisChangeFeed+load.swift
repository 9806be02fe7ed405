package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisChangeFeed {
    /// Connections that read entries. One would wait while its replies are decoded; more than two only make lookups
    /// wait for more pipelines.
    private static let readers = 2
    /// Pipelines under way on each, so that Redis works on one while the replies to the other are decoded.
    private static let pipelines = 2

    /// Walks over all keys with `SCAN` and reads what it finds on connections of its own, while the walk goes on.
    package func load(
        encoder: EncoderIdentity, into receive: @escaping @Sendable (FeedPiece) -> Void
    ) async throws(CacheStoreError) {
        // Counts the logs, too; an account that may not ask does without.
        let total = try? await redis.send(RedisCommand("DBSIZE")).expectInteger()
        let connections = try await openReaders()
        let decoder = MirrorDecoder(encoder: encoder, codec: codec)
        let failure = await walk { (keys, number) async throws(CacheStoreError) in
            let connection = connections[number % connections.count]
            let reading = EntryReading(connection: connection, decoder: decoder)
            let entries = try await reading.read(keys)
            receive(FeedPiece(entries: entries, seen: keys.count, total: total.map(Int.init)))
        }
        for connection in connections { await connection.close() }
        if let failure { throw failure }
    }

    /// Calls `read` with the keys of each step of the walk, several at a time, with the step's number.
    /// - Returns: why it ended early; nil when all was read.
    private func walk(
        _ read: @escaping @Sendable (_ keys: [String], _ number: Int) async throws(CacheStoreError) -> Void
    ) async -> CacheStoreError? {
        await withTaskGroup(of: CacheStoreError?.self) { group in
            var cursor = "0"
            var number = 0
            repeat {
                let step: (keys: [String], next: String)
                do throws(CacheStoreError) {
                    step = try await scan(from: cursor)
                } catch {
                    group.cancelAll()
                    return error
                }
                cursor = step.next
                guard !step.keys.isEmpty else { continue }
                if number >= Self.readers * Self.pipelines, let failure = await group.next() ?? nil {
                    group.cancelAll()
                    return failure
                }
                let (keys, current) = (step.keys, number)
                group.addTask {
                    do throws(CacheStoreError) {
                        try await read(keys, current)
                        return nil
                    } catch {
                        return error
                    }
                }
                number += 1
            } while cursor != "0"
            for await failure in group {
                guard let failure else { continue }
                group.cancelAll()
                return failure
            }
            return nil
        }
    }

    func scan(from cursor: String) async throws(CacheStoreError) -> (keys: [String], next: String) {
        let command = RedisCommand(
            "SCAN", .string(cursor), "MATCH", .string(Keyspace.allEntries), "COUNT", .integer(Self.readCount))
        do throws(RedisError) {
            let parts = try await redis.send(command, timeout: Self.readTimeout).expectArray()
            if parts.count == 2, let next = parts[0].string, let keys = parts[1].array?.compactMap(\.string) {
                return (keys, next)
            }
        } catch {
            throw CacheStoreError(error)
        }
        throw CacheStoreError(.malformed, "SCAN must answer a cursor and keys")
    }

    private func openReaders() async throws(CacheStoreError) -> [RedisDedicatedConnection] {
        var connections: [RedisDedicatedConnection] = []
        do throws(RedisError) {
            for _ in 0..<Self.readers { connections.append(try await redis.openDedicated()) }
            return connections
        } catch {
            for connection in connections { await connection.close() }
            throw CacheStoreError(error)
        }
    }
}
