package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisCacheStore {
    /// For what an operator waits for.
    static let adminTimeout: Duration = .seconds(5)

    /// Known from the lookup before, as a rule; else one round trip.
    package func generation(of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        if let known = ledger.newest(of: tenant) { return known }
        return try await establish(tenant, seen: 0)
    }

    /// One script, then a line for the logs' readers. When Redis does not answer within five seconds it throws, and may
    /// hold all the same.
    package func purge(_ scope: PurgeScope, of tenant: TenantID) async throws(CacheStoreError) -> CacheGeneration {
        var time = 0
        if case .before(let instant) = scope { time = Int(instant.milliseconds) }
        let generation: CacheGeneration
        do throws(RedisError) {
            let reply = try await redis.evaluate(
                PurgeScripts.purge, keys: [Keyspace.purges(of: tenant)],
                arguments: [.string(scope.field), .integer(time), .integer(PurgeScripts.fieldsLimit)],
                timeout: Self.adminTimeout)
            generation = CacheGeneration(try reply.expectInteger())
        } catch {
            throw CacheStoreError(error)
        }
        ledger.learn(PurgeRecord(newest: generation), of: tenant)
        // Replicas that serve from memory hear of it sooner. It holds without: who asks Redis sees it anyway, and the
        // others must ask within their bound.
        _ = try? await redis.send(
            RedisCommand(
                "XADD", .string(Keyspace.purgeLog), "*", "op", "purge", "t", .string(tenant.description), "g",
                .integer(Int(generation.value))))
        return generation
    }

    /// Tells Redis of the purges this replica has seen, where it has lost them: an older copy of its data was loaded,
    /// or another node took over. To be called when it is back.
    package func reassert() async {
        for (tenant, generation) in ledger.all {
            _ = try? await establish(tenant, seen: generation.value)
        }
    }

    static func newest(of tenant: TenantID) -> RedisCommand {
        var command = RedisCommand("HGET", capacity: 64)
        command.append(Keyspace.purges(of: tenant))
        command.append("v")
        return command
    }

    /// Takes the newest purge as Redis has just told it. Where there is none, or a larger one was seen before, Redis
    /// has lost purges, unless replies have overtaken each other: the script tells.
    func hear(_ newest: Int64?, of tenant: TenantID) async throws(CacheStoreError) {
        let known = ledger.newest(of: tenant)?.value
        guard let newest, newest >= known ?? 0 else {
            _ = try await establish(tenant, seen: known ?? 0)
            return
        }
        if newest != known { ledger.learn(PurgeRecord(newest: CacheGeneration(newest)), of: tenant) }
    }

    private func establish(_ tenant: TenantID, seen: Int64) async throws(CacheStoreError) -> CacheGeneration {
        do throws(RedisError) {
            let reply = try await redis.evaluate(
                PurgeScripts.establish, keys: [Keyspace.purges(of: tenant)], arguments: [.integer(Int(seen))])
            let newest = CacheGeneration(try reply.expectInteger())
            ledger.learn(PurgeRecord(newest: newest), of: tenant)
            return newest
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// Whether no purge has ended the entry. Asks once more for names that were not looked at since the newest purge;
    /// of an entry that purges overtake again and again nothing can be said.
    func isCurrent(_ entry: StoredEntry, of tenant: TenantID) async throws(CacheStoreError) -> Bool {
        for _ in 0..<3 {
            switch ledger.verdict(on: entry, of: tenant) {
            case .current: return true
            case .purged: return false
            case .unknown(let fields):
                guard let record = try await read(fields, of: tenant) else { return false }
                ledger.learn(record, of: tenant)
            }
        }
        return false
    }

    /// When these names were purged last; nil when Redis has lost the tenant's purges.
    private func read(_ fields: [String], of tenant: TenantID) async throws(CacheStoreError) -> PurgeRecord? {
        var command = RedisCommand("HMGET", capacity: 256)
        command.append(Keyspace.purges(of: tenant))
        command.append("v")
        for field in fields { command.append(field) }
        do throws(RedisError) {
            let values = try await redis.send(command).expectArray()
            guard values.count == fields.count + 1, let newest = values[0].integer else { return nil }
            var purges: [String: Int64] = [:]
            for (field, value) in zip(fields, values.dropFirst()) { purges[field] = value.integer ?? 0 }
            return PurgeRecord(newest: CacheGeneration(newest), purges: purges)
        } catch {
            throw CacheStoreError(error)
        }
    }
}
