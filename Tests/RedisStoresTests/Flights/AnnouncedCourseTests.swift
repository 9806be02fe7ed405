import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("What lines tell of questions", .timeLimit(.minutes(1)))
struct AnnouncedCourseTests {
    private static let words = ["cancel", "premium", "order", "QX-77415"]
    private static let features = GuardFeatures(text: "Can I " + words.joined(separator: " ") + "?")
    private let samples = SampleEntries()

    private func claim(by tenant: TenantID = EncodedEntry.tenant) -> FlightClaim {
        FlightClaim(
            key: FlightKey(entry: SampleEntries.id(1), partition: SampleEntries.partition(1)),
            announced: .init(
                features: Self.features,
                vector: EntryVector(encoder: samples.encoder, embedding: samples.vector(1)), tenant: tenant))
    }

    /// The line of a claim as Redis answers it: its last field is what the question means.
    private func fields(_ claim: FlightClaim, by seals: EntrySeals) -> [RedisReply] {
        let codec = FlightLineCodec(encoder: samples.encoder, seals: seals, replica: "a")
        let arguments: [RedisArgument] = ["op", "begin", "r", "a"] + codec.fields(of: claim)
        return arguments.map { RedisReply.bulk(EncodedEntry.bytes($0)) }
    }

    /// What another replica makes of the line.
    private func read(_ fields: [RedisReply], by seals: EntrySeals, replica: String = "b") -> AwayFlight? {
        let codec = FlightLineCodec(encoder: samples.encoder, seals: seals, replica: replica)
        let line = RedisReply.array([.bulk(ByteBuffer(string: "5-1")), .array(fields)])
        guard case .began(let flight)? = codec.line(line, of: 1) else {
            return nil
        }
        return flight
    }

    @Test("No word of a question stands in Redis; encrypted, neither do its features and its tenant",
        arguments: [false, true])
    func hidden(isSealed: Bool) async throws {
        try await withRedis { _, client in
            let leases = RedisFlightLeases(
                redis: client, replica: "a", encoder: samples.encoder,
                codec: EntryCodec(seals: isSealed ? EncodedEntry.seals : EntrySeals.none), life: .seconds(3))
            _ = try await leases.claim(claim())
            let told = Self.bytes(try await client.send(RedisCommand("XRANGE", "rf:{01}:fly", "-", "+")))
            #expect(told.firstRange(of: Array("begin".utf8)) != nil)
            for word in Self.words {
                #expect(told.firstRange(of: Array(word.utf8)) == nil)
                #expect(told.firstRange(of: Array(word.lowercased().utf8)) == nil)
            }
            for part in [Self.features.encoded, Array(EncodedEntry.tenant.description.utf8)] {
                let isReadable = told.firstRange(of: part) != nil
                #expect(isReadable == !isSealed)
            }
        }
    }

    @Test("Who has the tenant's key reads what was told, others know of the call only", arguments: [false, true])
    func read(isSealed: Bool) throws {
        let seals = isSealed ? EncodedEntry.seals : EntrySeals.none
        let told = fields(claim(), by: seals)
        let flight = try #require(read(told, by: seals))
        #expect(flight.key == claim().key && flight.tenant == EncodedEntry.tenant)
        let course = try #require(flight.course)
        #expect(course.features == Self.features)
        #expect(read(told, by: seals, replica: "a") == nil, "its own line")
        let other = EntrySeals(
            common: nil, tenants: [(EncodedEntry.tenant, Secret("another secret of 32 characters!"))])
        for others in isSealed ? [EntrySeals.none, other] : [other] {
            let flight = try #require(read(told, by: others))
            #expect(flight.course == nil && flight.tenant == nil)
        }
    }

    @Test("What is damaged, or stands with another call, tells of no meaning", arguments: [false, true])
    func damaged(isSealed: Bool) throws {
        let seals = isSealed ? EncodedEntry.seals : EntrySeals.none
        let told = fields(claim(), by: seals)
        let envelope = try #require(told.last?.bytes)
        for place in 0..<envelope.readableBytes {
            var (damaged, changed) = (told, envelope)
            let byte = try #require(envelope.getInteger(at: envelope.readerIndex + place, as: UInt8.self))
            changed.setInteger(byte ^ 1, at: changed.readerIndex + place)
            damaged[damaged.count - 1] = .bulk(changed)
            #expect(try #require(read(damaged, by: seals)).course == nil)
            let cut = try #require(envelope.getSlice(at: envelope.readerIndex, length: place))
            damaged[damaged.count - 1] = .bulk(cut)
            #expect(try #require(read(damaged, by: seals)).course == nil)
        }
        var moved = told
        let place = try #require(moved.firstIndex { $0.string == "e" })
        moved[place + 1] = .bulk(ByteBuffer(string: SampleEntries.id(2).description))
        #expect(try #require(read(moved, by: seals)).course == nil)
    }

    @Test("Without a tenant's key nobody can tell in its name")
    func forged() throws {
        let told = fields(claim(), by: .none)
        #expect(try #require(read(told, by: EncodedEntry.seals)).course == nil)
        // What is told in another's name is left out when rivals are looked for.
        let other = try #require(read(fields(claim(by: .open), by: .none), by: EncodedEntry.seals))
        #expect(other.course != nil && other.tenant == .open)
    }

    /// All that a reply holds, one behind the other.
    private static func bytes(_ reply: RedisReply) -> [UInt8] {
        if let elements = reply.array { return elements.flatMap { bytes($0) } }
        return reply.bytes.map { Array($0.readableBytesView) } ?? []
    }
}
