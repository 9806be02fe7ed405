import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Leads in Redis", .timeLimit(.minutes(2)))
struct RedisFlightLeasesTests {
    private static let life: Duration = .milliseconds(400)
    private let samples = SampleEntries()

    private func leases(_ client: RedisClient, _ replica: String, life: Duration = life) -> RedisFlightLeases {
        RedisFlightLeases(redis: client, replica: replica, encoder: samples.encoder, life: life)
    }

    private func claim(
        _ number: Int, question: String? = "What?", encoder: EncoderIdentity? = nil, since purge: Int64 = 0
    ) -> FlightClaim {
        FlightClaim(
            key: FlightKey(entry: SampleEntries.id(number), partition: SampleEntries.partition(1), generation: purge),
            announced: question.map {
                .init(
                    features: GuardFeatures(text: $0),
                    vector: EntryVector(encoder: encoder ?? samples.encoder, embedding: samples.vector(number)),
                    tenant: .open)
            })
    }

    @Test("They do what leads must do", arguments: FlightLeaseSuite.Guarantee.allCases)
    func conformance(guarantee: FlightLeaseSuite.Guarantee) async throws {
        try await withRedis { _, client in
            try await FlightLeaseSuite(
                first: leases(client, "a"), second: leases(client, "b"), life: Self.life
            ) { [samples] number, purge in
                var entry = samples.entry(number)
                entry.generation = CacheGeneration(purge)
                try await RedisCacheStore(redis: client).save(entry)
            }.verify(guarantee)
        }
    }

    @Test("The keys are those the keyspace documents, of one hash tag with the entry, and do not stay")
    func keys() async throws {
        try await withRedis { server, client in
            _ = try await leases(client, "a", life: .seconds(3)).claim(claim(0x0403_0201))
            let lock = "rf:{01}:lock:01020304010203040102030401020304:0"
            #expect(try Set(server.cli("KEYS", "*").split(separator: "\n")) == [Substring(lock), "rf:{01}:fly"])
            let life = try #require(Int(server.cli("PTTL", lock)))
            #expect(life > 0 && life <= 3000)
            let stream = try #require(Int(server.cli("PTTL", "rf:{01}:fly")))
            #expect(stream > 0 && stream <= 30_000)
            #expect(try server.cli("XLEN", "rf:{01}:fly") == "1")
        }
    }

    @Test("There is no lead for what is stored, but for who could not use it")
    func stored() async throws {
        try await withRedis { _, client in
            try await RedisCacheStore(redis: client).save(samples.entry(1))
            let leases = leases(client, "a")
            var claim = claim(1)
            guard case .stored = try await leases.claim(claim) else { throw Unexpected("not stored") }
            claim.ignoresStored = true
            guard case .granted = try await leases.claim(claim) else { throw Unexpected("not granted") }
            // What was asked for before the newest purge is no answer to who asks after it.
            let later = self.claim(1, since: 1 << 52)
            guard case .granted = try await leases.claim(later) else { throw Unexpected("an answer from before") }
        }
    }

    @Test("What is past its life, kept for outages, is no answer: there is a lead for it")
    func pastLife() async throws {
        try await withRedis { server, client in
            let entry = samples.entry(
                1, life: .seconds(-1), freshness: EntryFreshness(kept: UnixTime.now() + .seconds(600)))
            try await RedisCacheStore(redis: client).save(entry)
            #expect(try server.cli("EXISTS", Keyspace.entry(entry.id, in: entry.partition)) == "1")
            guard case .granted = try await leases(client, "a").claim(claim(1)) else {
                throw Unexpected("an answer past its life")
            }
        }
    }

    @Test("Vectors of another encoder, damaged lines and lines of later versions are left out, the rest is read")
    func foreignLines() async throws {
        try await withRedis { _, client in
            let (first, second) = (leases(client, "a"), leases(client, "b"))
            let start = try await second.head()
            let other = EncoderIdentity(name: "other", fingerprint: "1", dimension: 16)
            _ = try await first.claim(claim(1, encoder: other))
            for fields in [
                ["op", "dance"], ["x", "y"], ["op", "begin", "e", "zz", "p", "00"], ["op", "end", "t", "-"],
                ["op", "end", "t", "99999999999999999999-1"], ["op", "begin", "e", "", "p", "", "vec", "abc"],
            ] {
                var line = RedisCommand("XADD", "rf:{01}:fly", "*")
                for field in fields { line.append(field) }
                _ = try await client.send(line)
            }
            _ = try await first.claim(claim(2))
            var lines: [FlightLine] = []
            var position = start
            while lines.count < 2 {
                let (more, next) = try await second.lines(after: position, wait: .seconds(5))
                (lines, position) = (lines + more, next)
            }
            let flights = lines.compactMap { if case .began(let flight) = $0 { flight } else { nil } }
            #expect(flights.map(\.key.entry) == [SampleEntries.id(1), SampleEntries.id(2)])
            #expect(flights.map { $0.course != nil } == [false, true])
        }
    }

    @Test("A claim tells what the reader has not taken, also when it has been read; once it is taken, no more")
    func untaken() async throws {
        try await withRedis { _, client in
            let (first, second) = (leases(client, "a"), leases(client, "b"))
            let start = try await second.head()
            _ = try await first.claim(claim(1))
            let (lines, next) = try await second.lines(after: start, wait: .seconds(5))
            #expect(lines.count == 1)
            func told(_ number: Int) async throws -> (FlightHolding, lines: Int) {
                let claim = claim(number)
                guard case .granted(let token, let before) = try await second.claim(claim) else {
                    throw Unexpected("not granted")
                }
                return (FlightHolding(token: token, key: claim.key), before.count)
            }
            #expect(try await told(2).lines == 1)
            _ = try await second.lines(after: next, wait: .milliseconds(1))
            #expect(try await told(3).lines == 0)
            _ = try await first.claim(claim(4))
            #expect(try await told(5).lines == 1)
            let (lead, again) = try await told(6)
            #expect(again == 1)
            second.taken(with: lead)
            #expect(try await told(7).lines == 0)
        }
    }

    @Test("Where a claim could not tell all lines, none of them counts as taken")
    func cut() async throws {
        try await withRedis { _, client in
            let (first, second) = (leases(client, "a"), leases(client, "b"))
            let most = FlightScripts.linesPerClaim
            for number in 0...most { _ = try await lead(number, by: first) }
            for number in [1001, 1002] {
                let claim = claim(number)
                guard case .granted(let token, let before) = try await second.claim(claim) else {
                    throw Unexpected("not granted")
                }
                // One may be its own.
                #expect(before.count >= most - 1)
                second.taken(with: FlightHolding(token: token, key: claim.key))
            }
        }
    }

    @Test("A reader goes on where it was; where Redis has lost its lines, new ones are read whatever their numbers")
    func resumed() async throws {
        try await withRedis { server, client in
            let (first, second) = (leases(client, "a"), leases(client, "b"))
            let start = try await second.head()
            _ = try await lead(1, by: first)
            let (_, position) = try await second.lines(after: start, wait: .seconds(5))
            _ = try await second.lines(after: position, wait: .milliseconds(1))
            _ = try await lead(2, by: first)
            #expect(try await second.resume(at: position).lastSeen == position.lastSeen)
            _ = try server.cli("DEL", "rf:{01}:fly")
            _ = try server.cli("XADD", "rf:{01}:fly", "5-1", "op", "end", "r", "a", "t", "4-1", "k", "1")
            let place = try await second.resume(at: position)
            #expect(try await second.lines(after: place, wait: .seconds(5)).lines.count == 1)
            guard case .granted(_, let before) = try await second.claim(claim(3)) else {
                throw Unexpected("not granted")
            }
            #expect(before.count == 1)
        }
    }

    @Test("Lines of one number in two shards tell of two calls: the end of the one is not the other's")
    func shards() async throws {
        try await withRedis { server, client in
            let leases = leases(client, "b")
            let start = try await leases.head()
            for shard in ["01", "02"] {
                let partition = String(repeating: shard, count: 32)
                _ = try server.cli(
                    "XADD", "rf:{\(shard)}:fly", "5-1", "op", "begin", "r", "a", "e", SampleEntries.id(1).description,
                    "p", partition, "g", "0")
            }
            _ = try server.cli("XADD", "rf:{02}:fly", "5-2", "op", "end", "r", "a", "t", "5-1", "k", "1")
            var lines: [FlightLine] = []
            var position = start
            while lines.count < 3 {
                let (more, next) = try await leases.lines(after: position, wait: .seconds(5))
                (lines, position) = (lines + more, next)
            }
            let begun = lines.compactMap { if case .began(let flight) = $0 { flight } else { nil } }
            let ended = lines.compactMap { if case .ended(let token, _) = $0 { token } else { nil } }
            #expect(Set(begun.map(\.token)).count == 2)
            #expect(Set(begun.map(\.token.description)) == ["5-1"])
            #expect(ended == begun.filter { $0.key.partition == SampleEntries.partition(2) }.map(\.token))
        }
    }

    @Test("Many leads are prolonged and ended at once; one that cannot be keeps none of the others from it")
    func many() async throws {
        try await withRedis { server, client in
            let leases = leases(client, "a", life: .seconds(30))
            var held: [FlightHolding] = []
            for number in 1...600 { held.append(try await lead(number, by: leases)) }
            let lock = "rf:{01}:lock:01000000010000000100000001000000:0"
            _ = try server.cli("DEL", lock)
            _ = try server.cli("RPUSH", lock, "x")
            _ = try server.cli("SCRIPT", "FLUSH")
            let (all, longer) = (held, self.leases(client, "a", life: .seconds(600)))
            await #expect(throws: CacheStoreError.self) { try await longer.renew(all) }
            for place in [1, 511, 512, 599] {
                let holder = try #require(try await longer.holder(of: all[place].key))
                #expect(holder.life > .seconds(100))
            }
            let ends = all.map { (holding: $0, isKept: false) }
            await #expect(throws: CacheStoreError.self) { try await longer.end(ends) }
            // Of the locks only the one is left that is none.
            #expect(try server.cli("KEYS", "*:lock:*").split(separator: "\n") == [Substring(lock)])
        }
    }

    private func lead(_ number: Int, by leases: RedisFlightLeases) async throws -> FlightHolding {
        let claim = claim(number, question: nil)
        guard case .granted(let token, _) = try await leases.claim(claim) else { throw Unexpected("not granted") }
        return FlightHolding(token: token, key: claim.key)
    }

    @Test("What stands under a lock's or a stream's key and is none is an error, not a lead")
    func wrongTypes() async throws {
        try await withRedis { server, client in
            let leases = leases(client, "a")
            let id = "01000000010000000100000001000000"
            _ = try server.cli("RPUSH", "rf:{01}:lock:\(id):0", "x")
            await #expect(throws: CacheStoreError.self) { try await leases.claim(claim(1)) }
            _ = try server.cli("SET", "rf:{01}:fly", "x")
            await #expect(throws: CacheStoreError.self) { try await leases.claim(claim(2)) }
            _ = try server.cli("SET", "rf:{01}:lock:02000000020000000200000002000000:0", "no token")
            await #expect(throws: CacheStoreError.self) { try await leases.claim(claim(2)) }
        }
    }

    @Test("Without Redis a claim fails at once, and waiting for lines ends with an error")
    func outage() async throws {
        try await withRedis { server, client in
            let leases = leases(client, "a")
            let start = try await leases.head()
            let lines = Task { try await leases.lines(after: start, wait: .seconds(60)) }
            server.kill()
            await #expect(throws: CacheStoreError.self) { _ = try await lines.value }
            await #expect(throws: CacheStoreError.self) { try await leases.claim(claim(1)) }
        }
    }

    private struct Unexpected: Error {
        init(_ what: String) {}
    }
}
