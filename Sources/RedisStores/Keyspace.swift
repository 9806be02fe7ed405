package import GatewayCore
import NIOCore
package import ProviderAPIs
package import Routing
package import SemanticCache

/// Every Redis key of Refrain: its name, type, life and writer.
///
/// | Key | Type | Holds | Life | Written by |
/// |---|---|---|---|---|
/// | `rf:{p}:e:<entry>` | hash | one answer, see ``EntryFields`` | its life, and a while | `RedisCacheStore.save` |
/// | `rf:{p}:a:<content>` | hash | a large answer and the entries that have it | the longest of them | the same |
/// | `rf:{p}:e:<entry>` | hash | another name of one, see `AliasScripts` | as that answer | `RedisCacheStore` |
/// | `rf:{p}:w:<entry>` | hash | who makes it anew, see `RefreshScripts` | 10 min idle | `RedisRefreshStore` |
/// | `rf:{p}:log` | stream | entries added and deleted, for the mirrors | an hour, by `MINID` | the same script |
/// | `rf:{p}:ids:<encoder>` | zset | what mirrors should hold, by expiry | 30 days idle | `RosterScripts` |
/// | `rf:{p}:sum:<encoder>` | hash | its number and exclusive or | the same | `RosterScripts` |
/// | `rf:{p}:k:<partition>:<id>` | hash | a curated answer, see ``CuratedScripts`` | for ever | `CuratedScripts` |
/// | `rf:{p}:ks:<partition>` | zset | the ids of curated answers | for ever | `CuratedScripts` |
/// | `rf:cur:{<tenant>}` | hash | partitions that have curated answers, JSON | for ever | `RedisCacheStore` |
/// | `rf:{p}:use:<tenant>` | hash | bytes of a tenant, see `QuotaScripts` | while any are stored | `QuotaScripts` |
/// | `rf:{p}:due:<tenant>` | zset | the same entries by their expiry | the same | `QuotaScripts` |
/// | `rf:quota` | string | which replica sweeps ledgers | seconds | `QuotaKeeper` |
/// | `rf:gen:{<tenant>}` | hash | purges, see `PurgeScripts` | for ever | `RedisCacheStore`, `PurgeScripts` |
/// | `rf:{p}:lock:<entry>:<purge>` | string | who leads: a token | 3 s, prolonged | `RedisFlightLeases` |
/// | `rf:{p}:fly` | stream | calls begun and ended, for other replicas | 30 s, by `MINID` | `RedisFlightLeases` |
/// | `rf:{p}:parts` | stream | parts of answers that other replicas want | 30 s, by `MINID` | `RedisFlightLeases` |
/// | `rf:{rl}:d:<deployment>` | hash | use, see `LimitScripts.window` | 63 s idle | `LimitScripts` |
/// | `rf:{rl}:o:<tenant>`, `:t:<team>`, `:k:<key>` | hash | the same | 63 s idle | `LimitScripts` |
/// | `rf:{rl}:c:<scope>`, `rf:{rl}:c:d:<deployment>` | zset | leases by their end | 2 h idle | `LimitScripts` |
/// | `rf:{rl}:b:<scope>:<period>` | hash | money, see `LimitScripts.budget` | period, a day | `LimitScripts` |
/// | `rf:{rl}:b:<scope>:<period>:r` | zset | reservations by their end | until settled or over | `LimitScripts` |
/// | `rf:{rl}:n` | zset | live replicas by their last beat | a minute idle | `RedisReplicaCensus` |
/// | `rf:{rl}:h:<deployment>` | hash | how a target fares, see ``HealthScripts`` | two hours | `RedisHealthStore` |
/// | `rf:{ln}:s:<space>:<route>` | hash | lessons, see `LearningScripts` | ten half-lives | `RedisLearningStore` |
/// | `rf:{ln}:t:<space>:<route>` | hash | teachers' weights, batches taken | the same | `RedisLearningStore` |
/// | `rf:ev:<space>` | hash | what was learned of hits, see `EvidenceScripts` | 30 days idle | `RedisEvidenceStore` |
/// | `rf:enc:<encoder>` | string | its canaries, see `CanaryCodec` | for ever | `RedisCanaryStore` |
/// | `rf:{re}:lease` | string | which replica embeds anew | 30 s, prolonged | `ReembeddingScripts` |
/// | `rf:{re}:m:<encoder>` | hash | how far what it stored is embedded anew | for ever | `ReembeddingScripts` |
/// | `rf:f:<request>` | string | an answer that may be judged, JSON | `routing.feedback.life` | `RedisFeedbackStore` |
/// | `rf:f:<request>:j` | string | that it was judged | the same, from then on | `RedisFeedbackStore` |
/// | `rf:fj:<tenant>:<user>` | string | judgments of hits that a user gave | an hour | `RedisFeedbackStore` |
/// | `rf:{t<shard>}:c:<call>` | string | thoughts of a call, JSON | `upstream.thought_life` | `RedisThoughtStore` |
/// | `rf:r:<response>` | string | a response and all before it, JSON | `responses.life` | `RedisResponseStore` |
/// | `rf:cache:decisions` | stream | the cache's decisions, `d` JSON | `cache.record.life` | `RedisDecisionLog` |
/// | `rf:audit:<day>` | string | nano-dollars that judges took that day | two days | `RedisAuditPurse` |
/// | `rf:decisions` | stream | choices of targets, `d` a JSON object each | the last 10,000 | `RedisDecisionLog` |
///
/// `{p}` is one of 64 shards, chosen by the partition: a hash tag, so that an entry and its log live on one node of
/// a Redis Cluster and one script may touch both. `{rl}` does the same for all that one decision on limits reads,
/// `{ln}` for what routes learned, `{re}` for moves to another encoder, and `{t<shard>}`, one of 256 by the
/// tenant, for all that one request asks for.
package enum Keyspace {
    /// Never changes while entries exist: it decides where they are.
    package static let shards = 64

    /// Matches the keys of all entries in a `SCAN`.
    package static let allEntries = "rf:{*}:e:*"

    /// The key of an entry.
    package static func entry(_ entry: EntryID, in partition: PartitionID) -> String {
        self.entry(entry, shard: partition.shard(of: shards))
    }

    /// The key an entry has if it stands in a shard.
    static func entry(_ entry: EntryID, shard: Int) -> String { "rf:{\(tag(shard))}:e:\(entry)" }

    /// What the keys of all shared answers of a partition's shard begin with; the name of the content follows.
    static func answers(besides partition: PartitionID) -> String {
        answers(shard: partition.shard(of: shards))
    }

    /// The lease under which an answer is made anew.
    static func refresh(of entry: EntryID, in partition: PartitionID) -> String {
        "rf:{\(tag(partition.shard(of: shards)))}:w:\(entry)"
    }

    /// The key of a shard's log of changes.
    package static func log(shard: Int) -> String { logs[shard] }

    /// Read in turn for as long as the process runs: made once.
    private static let logs = (0..<shards).map { "rf:{\(tag($0))}:log" }

    /// The key of the log where a partition's changes stand.
    package static func log(of partition: PartitionID) -> String { log(shard: partition.shard(of: shards)) }

    /// What all keys of a shard begin with.
    static func front(shard: Int) -> String { "rf:{\(tag(shard))}:" }

    /// The entries of a shard that mirrors of an encoder should hold.
    static func roster(of encoder: EncoderIdentity, shard: Int) -> String { front(shard: shard) + "ids:\(encoder)" }

    /// Their number and the sum of their ids.
    static func rosterSum(of encoder: EncoderIdentity, shard: Int) -> String { front(shard: shard) + "sum:\(encoder)" }

    /// What a tenant has stored in a shard.
    static func ledger(of tenant: TenantID, shard: Int) -> String { "rf:{\(tag(shard))}:use:\(tenant)" }

    /// The same by expiry.
    static func expiries(of tenant: TenantID, shard: Int) -> String { "rf:{\(tag(shard))}:due:\(tenant)" }

    /// What the keys of a shard's entries begin with.
    static func entries(shard: Int) -> String { "rf:{\(tag(shard))}:e:" }

    /// What the keys of a shard's shared answers begin with; the name of the content follows.
    static func answers(shard: Int) -> String { "rf:{\(tag(shard))}:a:" }

    /// Who sweeps.
    static let quotaLease = "rf:quota"

    /// The purges of a tenant.
    package static func purges(of tenant: TenantID) -> String { "rf:gen:{\(tenant)}" }

    /// A curated answer.
    package static func curated(_ id: String, in partition: PartitionID) -> String {
        "rf:{\(tag(partition.shard(of: shards)))}:k:\(Hexadecimal.encode(partition.bytes.prefix(16))):\(id)"
    }

    /// The ids of a partition's curated answers.
    package static func curated(in partition: PartitionID) -> String {
        "rf:{\(tag(partition.shard(of: shards)))}:ks:\(Hexadecimal.encode(partition.bytes.prefix(16)))"
    }

    /// The partitions that have curated answers.
    package static func shelves(of tenant: TenantID) -> String { "rf:cur:{\(tenant)}" }

    /// What the keys of all entries of a partition's shard begin with.
    static func entries(in partition: PartitionID) -> String { entries(shard: partition.shard(of: shards)) }

    /// The log that tells all replicas of purges.
    static let purgeLog = log(shard: 0)

    /// Who leads for a question, of all who know of the same newest purge.
    static func lock(_ key: FlightKey) -> String {
        "rf:{\(tag(key.partition.shard(of: shards)))}:lock:\(key.entry):\(key.generation)"
    }

    /// The calls under way for questions of a shard.
    static func flights(shard: Int) -> String { flightLogs[shard] }

    private static let flightLogs = (0..<shards).map { "rf:{\(tag($0))}:fly" }

    /// The parts of answers under way in a shard.
    static func parts(shard: Int) -> String { partLogs[shard] }

    private static let partLogs = (0..<shards).map { "rf:{\(tag($0))}:parts" }

    /// What is used of a deployment.
    package static func use(of deployment: DeploymentID) -> String { "rf:{rl}:d:\(deployment)" }

    /// What is used by a scope.
    package static func use(by scope: LimitScope) -> String { "rf:{rl}:\(letter(scope.kind)):\(scope.name)" }

    /// The attempts under way at a deployment.
    package static func leases(at deployment: DeploymentID) -> String { "rf:{rl}:c:d:\(deployment)" }

    /// The attempts under way of a scope.
    package static func leases(of scope: LimitScope) -> String { "rf:{rl}:c:\(letter(scope.kind)):\(scope.name)" }

    /// The money of a scope in a period. The period is no date: the script, by the server's clock, starts it anew.
    package static func budget(of scope: LimitScope, _ period: HardBudget.Period) -> String {
        "rf:{rl}:b:\(letter(scope.kind)):\(scope.name):\(period)"
    }

    /// The reservations of a budget.
    package static func reservations(of scope: LimitScope, _ period: HardBudget.Period) -> String {
        budget(of: scope, period) + ":r"
    }

    /// The replicas alive.
    package static let replicas = "rf:{rl}:n"

    /// The record of decisions.
    package static let decisions = "rf:decisions"

    /// The record of what the cache decided.
    package static let cacheDecisions = "rf:cache:decisions"

    /// What judges took on a day, counted from 1970.
    package static func auditSpend(day: Int64) -> String { "rf:audit:\(day)" }

    /// What a route learned of its targets, for requests in one space.
    package static func lessons(of route: String, space: String) -> String { "rf:{ln}:s:\(space):\(route)" }

    /// Who taught it.
    package static func teachers(of route: String, space: String) -> String { "rf:{ln}:t:\(space):\(route)" }

    /// What was learned of hits in a namespace on a route, with one encoder: the names as a JSON array, as callers
    /// choose some of them.
    package static func evidence(of space: DecisionSpace, encoder: EncoderIdentity) -> String {
        let names = [space.owner.tenant.description, space.owner.namespace, space.route, encoder.description]
        var text = ByteBuffer(string: "[")
        for (place, name) in names.enumerated() {
            if place > 0 { text.writeString(",") }
            text.writeJSONString(name)
        }
        text.writeString("]")
        return "rf:ev:\(String(buffer: text))"
    }

    /// What an encoder made of the fixed texts when it was first met.
    package static func canaries(of encoder: EncoderIdentity) -> String { "rf:enc:\(encoder)" }

    /// Who gives stored questions another encoder's vectors.
    static let moveLease = "rf:{re}:lease"

    /// How far the move away from an encoder is.
    static func move(from encoder: EncoderIdentity) -> String { "rf:{re}:m:\(encoder)" }

    /// An answer that may be judged, by its request's id.
    package static func answer(_ request: String) -> String { "rf:f:\(request)" }

    /// That an answer was judged.
    package static func judgment(_ request: String) -> String { answer(request) + ":j" }

    /// How many answers from the cache a user has judged.
    package static func hitJudgments(by judge: String) -> String { "rf:fj:\(judge)" }

    /// What led to a tool call.
    package static func thought(_ key: ThoughtKey) -> String { "rf:{t\(key.shard)}:c:\(key.call)" }

    /// A response that can be gone on from.
    package static func response(_ key: ResponseKey) -> String { "rf:r:\(key.digest)" }

    private static func letter(_ kind: LimitScope.Kind) -> String {
        switch kind {
        case .tenant: "o"
        case .team: "t"
        case .key: "k"
        }
    }

    /// The key of what the fleet knows about a target's health.
    package static func health(_ deployment: DeploymentID) -> String { "rf:{rl}:h:\(deployment)" }

    private static func tag(_ shard: Int) -> String { shard < 10 ? "0\(shard)" : String(shard) }
}
