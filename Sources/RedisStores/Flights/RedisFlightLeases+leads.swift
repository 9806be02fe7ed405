import GatewayCore
import RedisClient
package import SemanticCache

extension RedisFlightLeases {
    /// Redis answers a pipeline before it turns to the next connection.
    private static let leadsPerPipeline = 512

    /// In pipelines; one that fails keeps none of the others from being prolonged.
    package func renew(_ held: [FlightHolding]) async throws(CacheStoreError) {
        try await run(
            FlightScripts.renew,
            held.map { holding in
                Call(
                    keys: [Keyspace.lock(holding.key)],
                    arguments: [.string(holding.token.description), .integer(life)])
            })
    }

    /// In pipelines, as ``renew(_:)``.
    package func end(_ ended: [(holding: FlightHolding, isKept: Bool)]) async throws(CacheStoreError) {
        try await run(
            FlightScripts.end,
            ended.map { holding, isKept in
                Call(
                    keys: [
                        Keyspace.lock(holding.key),
                        Keyspace.flights(shard: holding.key.partition.shard(of: Keyspace.shards)),
                    ],
                    arguments: [
                        .string(holding.token.description), .string(replica), .integer(isKept ? 1 : 0),
                        .integer(FlightScripts.lineLifeMilliseconds),
                    ])
            })
    }

    /// Of a script.
    private struct Call {
        let keys: [String]
        let arguments: [RedisArgument]
    }

    /// Runs a script for many leads, in few round trips. What one of them meets keeps none of the others from it.
    /// - Throws: the first error.
    private func run(_ script: RedisScript, _ calls: [Call]) async throws(CacheStoreError) {
        var failure: RedisError?
        for start in stride(from: 0, to: calls.count, by: Self.leadsPerPipeline) {
            let chunk = calls[start..<min(start + Self.leadsPerPipeline, calls.count)]
            do throws(RedisError) {
                let replies = try await redis.send(
                    chunk.map { script.command(keys: $0.keys, arguments: $0.arguments) })
                for (call, reply) in zip(chunk, replies) {
                    let error = await Self.error(of: reply, to: script, call, redis)
                    failure = failure ?? error
                }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw CacheStoreError(failure) }
    }

    /// Asks again, with its source, what the server did not know the script for.
    private static func error(
        of reply: RedisReply, to script: RedisScript, _ call: Call, _ redis: RedisClient
    ) async -> RedisError? {
        do throws(RedisError) {
            if reply.error?.prefix == "NOSCRIPT" {
                _ = try await redis.evaluate(script, keys: call.keys, arguments: call.arguments)
            } else {
                _ = try reply.checked()
            }
            return nil
        } catch {
            return error
        }
    }

    /// One round trip.
    package func holder(
        of key: FlightKey
    ) async throws(CacheStoreError) -> (token: FlightToken, life: Duration)? {
        let (shard, key) = (key.partition.shard(of: Keyspace.shards), Keyspace.lock(key))
        do throws(RedisError) {
            let replies = try await redis.send([RedisCommand("GET", .string(key)), RedisCommand("PTTL", .string(key))])
            guard replies.count == 2,
                let token = try replies[0].checked().string.flatMap({ FlightToken($0, shard: shard) }),
                let left = try replies[1].checked().integer, left > 0
            else { return nil }
            return (token, .milliseconds(left))
        } catch {
            throw CacheStoreError(error)
        }
    }
}
