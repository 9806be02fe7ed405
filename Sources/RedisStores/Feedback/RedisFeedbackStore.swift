import GatewayCore
import NIOConcurrencyHelpers
import NIOCore
package import RedisClient
package import Routing

/// Answers that may be judged, in Redis, so that any replica takes the judgment. What this replica answered it knows by
/// itself, also while Redis is away.
package final class RedisFeedbackStore: FeedbackStore {
    private enum Notice: Sendable {
        case keep(FeedbackRecord, request: String)
        case forget(String)
    }

    private let redis: RedisClient
    private let memory: FeedbackMemory
    private let life: Int
    private let hitJudgments: Int
    /// What claims carried that Redis may have taken without saying so, by the answer's request.
    private let unsure = NIOLockedValueBox<[String: String]>([:])
    private let waiting: AsyncStream<Notice>
    private let waiter: AsyncStream<Notice>.Continuation

    /// Notices that wait for Redis; with more the oldest are dropped, and their answers are known here alone.
    private static let capacity = 4_096
    /// Claims whose outcome is not known; of more than that some are then told to have been judged before.
    private static let mostUnsure = 1_024
    private static let hour = 3_600

    package init(redis: RedisClient, rules: FeedbackRules = FeedbackRules()) {
        self.redis = redis
        memory = FeedbackMemory(rules)
        hitJudgments = rules.hitJudgments
        life = max(1, Int(rules.life / .milliseconds(1)))
        (waiting, waiter) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    package func keep(_ record: FeedbackRecord, of request: String) {
        // So a replica never holds more in Redis than in its memory.
        if let forgotten = memory.insert(record, of: request) { waiter.yield(.forget(forgotten)) }
        waiter.yield(.keep(record, request: request))
    }

    /// Writes what is to be kept until the task is cancelled. What Redis does not take is known here alone.
    package func run() async {
        for await notice in waiting {
            switch notice {
            case .keep(let record, let request):
                _ = try? await redis.send(
                    RedisCommand(
                        "SET", .string(Keyspace.answer(request)), .buffer(record.json), .string("PX"),
                        .integer(life)))
            case .forget(let request):
                _ = try? await redis.send(RedisCommand("UNLINK", .string(Keyspace.answer(request))))
            }
        }
    }

    package func record(of request: String) async throws(RoutingStoreError) -> FeedbackRecord? {
        if let known = memory.recall(request) { return known }
        do throws(RedisError) {
            let found = try await redis.send(RedisCommand("GET", .string(Keyspace.answer(request)))).expectBytes()
            return found.flatMap { FeedbackRecord(json: $0) }
        } catch {
            throw RoutingStoreError(error)
        }
    }

    package func claim(_ request: String) async throws(RoutingStoreError) -> Bool {
        let isKnown = memory.recall(request) != nil
        if isKnown, !memory.markJudged(request) { return false }
        let earlier = unsure.withLockedValue { $0.removeValue(forKey: request) }
        let mark = earlier ?? RequestID().description
        do throws(RedisError) {
            let key = RedisArgument.string(Keyspace.judgment(request))
            let reply = try await redis.send(
                RedisCommand("SET", key, .string(mark), .string("NX"), .string("PX"), .integer(life)))
            if !reply.isNull { return true }
            // It may be taken by the very claim whose answer was lost: that judgment was refused and has come again.
            guard earlier != nil else { return false }
            return try await redis.send(RedisCommand("GET", key)).string == mark
        } catch {
            // Of its own answers this replica can say it.
            if isKnown { return true }
            unsure.withLockedValue { if $0.count < Self.mostUnsure { $0[request] = mark } }
            throw RoutingStoreError(error)
        }
    }

    package func release(_ request: String) async {
        memory.unmarkJudged(request)
        _ = try? await redis.send(RedisCommand("UNLINK", .string(Keyspace.judgment(request))))
    }

    package func admits(_ judge: String) async throws(RoutingStoreError) -> Bool {
        let key = RedisArgument.string(Keyspace.hitJudgments(by: judge))
        do throws(RedisError) {
            let replies = try await redis.send([
                RedisCommand("SET", key, .integer(0), .string("NX"), .string("EX"), .integer(Self.hour)),
                RedisCommand("INCR", key),
            ])
            guard let taken = try replies.last?.checked().integer else {
                throw RedisError(.unexpectedReply, "INCR must answer a number")
            }
            return taken <= hitJudgments
        } catch {
            throw RoutingStoreError(error)
        }
    }
}
