import GatewayCore
import Logging

extension IndexMirror {
    /// How the index compares with the store's roster.
    struct RosterCheck {
        fileprivate var due = ContinuousClock.now
        /// Shards that differed the last time they could be compared.
        fileprivate var suspects: Set<Int> = []
        /// Shards that are to be compared entry by entry.
        fileprivate var pending: [Int] = []
        /// What stands in the store and cannot be read or held here, by shard, until it expires.
        fileprivate var passedOver: [Int: [EntryKey: UnixTime]] = [:]
        fileprivate var isTold = false
    }

    /// Shards that one step compares entry by entry: the log is not followed meanwhile.
    private static let shardsPerStep = 8

    /// Compares sums when it is time, and then entry by entry the shards that have differed twice: what differs once
    /// may be under way. A roster that cannot be read costs nothing but this check.
    /// - Throws: `gap` when the store has lost lines that were followed.
    func check(_ check: inout RosterCheck, at position: FeedPosition) async throws(CacheStoreError) {
        guard let roster else { return }
        do throws(CacheStoreError) {
            if check.due <= .now {
                check.due = .now + rosterInterval
                try await compareSums(with: roster, &check, at: position)
            }
            let next = Array(check.pending.prefix(Self.shardsPerStep))
            for shard in next {
                try await compareEntries(of: shard, with: roster, &check)
                check.pending.removeFirst()
            }
            check.isTold = false
        } catch {
            if error.code == .gap || Task.isCancelled { throw error }
            if !check.isTold {
                logger.warning("the mirror cannot be checked by its sums", metadata: ["reason": "\(error)"])
            }
            check.isTold = true
        }
    }

    private func compareSums(
        with roster: any EntryRoster, _ check: inout RosterCheck, at position: FeedPosition
    ) async throws(CacheStoreError) {
        let told = try await roster.sums(at: position, encoder: encoder)
        let held = index.sums(livingAfter: told.map(\.taken))
        var lasting = 0
        for (shard, sum) in told.enumerated() where sum.isComparable && !check.pending.contains(shard) {
            var own = held[shard]
            for (key, expires) in check.passedOver[shard] ?? [:] where expires > sum.taken { own.add(key) }
            if own == sum.sum {
                check.suspects.remove(shard)
            } else if !check.suspects.insert(shard).inserted {
                check.suspects.remove(shard)
                check.pending.append(shard)
                lasting += 1
            }
        }
        guard lasting > 0 else { return }
        note { $0.mismatches += lasting }
        logger.warning(
            "the mirror differs from the store, its shards that do are compared entry by entry",
            metadata: ["shards": "\(lasting)"])
    }

    /// Makes index and roster equal to what the store holds, in one shard.
    private func compareEntries(
        of shard: Int, with roster: any EntryRoster, _ check: inout RosterCheck
    ) async throws(CacheStoreError) {
        var held = index.entries(of: shard, outOf: roster.shards, livingAfter: .now())
        check.passedOver[shard] = nil
        var cursor = "0"
        var isEqual = true
        repeat {
            let step = try await roster.members(of: shard, from: cursor, encoder: encoder)
            cursor = step.next
            var others: [(member: RosterMember, row: PartitionID?)] = []
            for member in step.members {
                let row = held.removeValue(forKey: EntryKey(member.entry))
                if row?.expires != member.expires { others.append((member, row?.partition)) }
            }
            if !others.isEmpty { isEqual = false }
            try await take(others, of: shard, with: roster, &check)
        } while cursor != "0" && !Task.isCancelled
        if Task.isCancelled { return }
        // Of equal members the sum is another: it cannot be trusted.
        if isEqual && held.isEmpty { return try await roster.reset(shard, encoder: encoder) }
        try await offer(held, of: shard, to: roster)
    }

    /// Reads entries of the roster that are not held as it says.
    private func take(
        _ others: [(member: RosterMember, row: PartitionID?)], of shard: Int, with roster: any EntryRoster,
        _ check: inout RosterCheck
    ) async throws(CacheStoreError) {
        if others.isEmpty { return }
        var read: [EntryKey: UnixTime] = [:]
        for entry in try await roster.mirrored(others.map(\.member.entry), of: shard, encoder: encoder) {
            index.add(entry)
            if index.holds(entry.id, in: entry.partition) { read[EntryKey(entry.id)] = entry.expires }
        }
        let members = others.map { other in
            RosterMember(
                entry: other.member.entry, expires: read[EntryKey(other.member.entry)] ?? other.member.expires)
        }
        let isThere = try await roster.settle(members, of: shard, encoder: encoder)
        var gone = 0
        for (other, isThere) in zip(others, isThere) where read[EntryKey(other.member.entry)] == nil {
            if isThere {
                check.passedOver[shard, default: [:]][EntryKey(other.member.entry)] = other.member.expires
            }
            guard let row = other.row else { continue }
            index.remove(other.member.entry, in: row)
            gone += 1
        }
        let found = read.count
        note { figures in
            figures.missing += found
            figures.gone += gone
        }
    }

    /// Tells the roster of entries that it does not know, and lets go of those that are not there.
    private func offer(
        _ held: [EntryKey: VectorIndex.Standing], of shard: Int, to roster: any EntryRoster
    ) async throws(CacheStoreError) {
        let rows = held.compactMap { key, row in
            key.id.map { (member: RosterMember(entry: $0, expires: row.expires), partition: row.partition) }
        }
        let isThere = try await roster.settle(rows.map(\.member), of: shard, encoder: encoder)
        var gone = 0
        for (row, isThere) in zip(rows, isThere) where !isThere {
            index.remove(row.member.entry, in: row.partition)
            gone += 1
        }
        note { $0.gone += gone }
    }

    /// Tells the roster of entries that are gone from the store without a line in the log. Where it does not hear of
    /// it, its sum differs from then on.
    func strike(_ gone: [(entry: EntryID, partition: PartitionID)]) async {
        guard let roster else { return }
        var members: [Int: [RosterMember]] = [:]
        for (entry, partition) in gone {
            members[partition.shard(of: roster.shards), default: []]
                .append(RosterMember(entry: entry, expires: UnixTime(milliseconds: 0)))
        }
        for (shard, members) in members {
            _ = try? await roster.settle(members, of: shard, encoder: encoder)
        }
    }
}
