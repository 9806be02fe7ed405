package import GatewayCore
import RedisClient
package import SemanticCache

extension RedisChangeFeed: EntryRoster {
    /// How often a sum is asked for again whose shard has many expired entries.
    private static let rounds = 16

    package var shards: Int { Keyspace.shards }

    /// One pipeline, and more where many entries have expired since the last.
    package func sums(
        at position: FeedPosition, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [RosterSum] {
        let none = RosterSum(sum: IndexSum(), taken: .now(), isComparable: false)
        var sums = [RosterSum](repeating: none, count: shards)
        var open = Array(0..<shards)
        for _ in 0..<Self.rounds where !open.isEmpty {
            let replies = try await run(RosterScripts.sum, open.map { Self.question($0, encoder) })
            var rest: [Int] = []
            for (shard, reply) in zip(open, replies) {
                let told = try Told(reply)
                if told.isBehind {
                    rest.append(shard)
                } else {
                    sums[shard] = try told.sum(at: position.lastSeen[shard])
                }
            }
            open = rest
        }
        return sums
    }

    private static func question(_ shard: Int, _ encoder: EncoderIdentity) -> Call {
        Call(
            keys: [
                Keyspace.roster(of: encoder, shard: shard), Keyspace.rosterSum(of: encoder, shard: shard),
                Keyspace.log(shard: shard),
            ],
            arguments: [.integer(RosterScripts.expiredLimit), .integer(RosterScripts.lifeMilliseconds)])
    }

    /// By `ZSCAN`: a member may come twice.
    package func members(
        of shard: Int, from cursor: String, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> (members: [RosterMember], next: String) {
        let command = RedisCommand(
            "ZSCAN", .string(Keyspace.roster(of: encoder, shard: shard)), .string(cursor), "COUNT",
            .integer(Self.membersPerStep))
        let reply = try await send([command]).first
        guard let parts = reply?.array, parts.count == 2, let next = parts[0].string, let pairs = parts[1].array else {
            throw CacheStoreError(.malformed, "ZSCAN must answer a cursor and members")
        }
        var members: [RosterMember] = []
        for place in stride(from: 0, to: pairs.count - 1, by: 2) {
            guard let entry = pairs[place].string.flatMap(EntryID.init(hexadecimal:)),
                let score = pairs[place + 1].string.flatMap({ Double($0) }), abs(score) < Self.latestScore
            else { continue }
            members.append(RosterMember(entry: entry, expires: UnixTime(milliseconds: Int64(score))))
        }
        return (members, next)
    }

    private static let membersPerStep = 1024
    /// Beyond it milliseconds are no longer told apart: nothing of ours is.
    private static let latestScore: Double = 0x1p53

    package func mirrored(
        _ entries: [EntryID], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [MirroredEntry] {
        try await read(entries.map { (Keyspace.entry($0, shard: shard), $0) }, encoder)
    }

    package func settle(
        _ members: [RosterMember], of shard: Int, encoder: EncoderIdentity
    ) async throws(CacheStoreError) -> [Bool] {
        var isThere: [Bool] = []
        isThere.reserveCapacity(members.count)
        for start in stride(from: 0, to: members.count, by: Self.readCount) {
            let step = members[start..<min(start + Self.readCount, members.count)]
            var arguments: [RedisArgument] = [
                .string(Keyspace.front(shard: shard)), .string(encoder.description),
            ]
            for member in step {
                arguments += [.string(member.entry.description), .integer(Int(member.expires.milliseconds))]
            }
            let call = Call(keys: [Keyspace.roster(of: encoder, shard: shard)], arguments: arguments)
            let found = try await run(RosterScripts.settle, [call]).first?.array ?? []
            guard found.count == step.count else {
                throw CacheStoreError(.malformed, "a roster must say of each entry whether it is there")
            }
            isThere += found.map { $0.integer == 1 }
        }
        return isThere
    }

    package func reset(_ shard: Int, encoder: EncoderIdentity) async throws(CacheStoreError) {
        let keys = [Keyspace.roster(of: encoder, shard: shard), Keyspace.rosterSum(of: encoder, shard: shard)]
        _ = try await send(keys.map { RedisCommand("UNLINK", .string($0)) })
    }

    // MARK: - Scripts

    /// Of a script.
    private struct Call {
        let keys: [String]
        let arguments: [RedisArgument]
    }

    /// One pipeline; a script that the server does not know is sent again with its source.
    private func run(_ script: RedisScript, _ calls: [Call]) async throws(CacheStoreError) -> [RedisReply] {
        do throws(RedisError) {
            var replies = try await redis.send(
                calls.map { script.command(keys: $0.keys, arguments: $0.arguments) }, timeout: Self.readTimeout)
            for (place, call) in calls.enumerated() where replies[place].error?.prefix == "NOSCRIPT" {
                replies[place] = try await redis.evaluate(
                    script, keys: call.keys, arguments: call.arguments, timeout: Self.readTimeout)
            }
            return try replies.map { (reply) throws(RedisError) in try reply.checked() }
        } catch {
            throw CacheStoreError(error)
        }
    }

    /// What ``RosterScripts/sum`` answers.
    private struct Told {
        private let count: Int
        private let ids: UInt64
        private let line: StreamLine
        private let taken: UnixTime
        let isBehind: Bool

        init(_ reply: RedisReply) throws(CacheStoreError) {
            guard let parts = reply.array, parts.count == 5, let count = parts[0].integer,
                let ids = parts[1].string.flatMap({ UInt64($0, radix: 16) }),
                let line = parts[2].string.flatMap({ StreamLine($0) }), let taken = parts[3].integer
            else { throw CacheStoreError(.malformed, "a roster must answer a number, a sum, a line and a time") }
            self.count = Int(count)
            self.ids = ids
            self.line = line
            self.taken = UnixTime(milliseconds: taken)
            isBehind = parts[4].integer == 1
        }

        /// - Parameter seen: the last line that the mirror has followed.
        /// - Throws: `gap` when the log no longer has that line, nor any later one.
        func sum(at seen: String) throws(CacheStoreError) -> RosterSum {
            guard let seen = StreamLine(seen), seen <= line else {
                throw CacheStoreError(.gap, "the store has lost lines of its log")
            }
            return RosterSum(sum: IndexSum(count: count, ids: ids), taken: taken, isComparable: seen == line)
        }
    }
}
