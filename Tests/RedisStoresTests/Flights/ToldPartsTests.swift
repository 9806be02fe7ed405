import GatewayCore
import GatewayTesting
import NIOCore
import RedisClient
import SemanticCache
import Testing

@testable import RedisStores

@Suite("Parts of answers in Redis", .timeLimit(.minutes(2)))
struct ToldPartsTests {
    private static let answer = "a word of the answer"
    private let samples = SampleEntries()

    private func leases(_ client: RedisClient, _ replica: String, _ seals: EntrySeals) -> RedisFlightLeases {
        RedisFlightLeases(
            redis: client, replica: replica, encoder: samples.encoder, codec: EntryCodec(seals: seals),
            life: .seconds(3))
    }

    @Test("A wish and the parts reach the other replica, sealed as entries are, bound to their call, and do not stay",
        arguments: [false, true])
    func told(isSealed: Bool) async throws {
        try await withRedis { server, client in
            let seals = isSealed ? EncodedEntry.seals : EntrySeals.none
            let (first, second) = (leases(client, "a", seals), leases(client, "b", seals))
            let key = FlightKey(entry: SampleEntries.id(1), partition: SampleEntries.partition(1), generation: 0)
            let (start, own) = (try await second.head(), try await first.head())
            guard case .granted(let token, _) = try await first.claim(FlightClaim(key: key, announced: nil)) else {
                throw Unexpected("not granted")
            }
            let lead = FlightHolding(token: token, key: key)
            try await second.want(lead)
            let wishes = try await first.lines(after: own, wait: .seconds(5)).lines
            guard case .wanted(let wanted)? = wishes.first else { throw Unexpected("no wish") }
            #expect(wanted == token && wishes.count == 1)

            let parts = FlightParts(first: 3, count: 2, contents: ByteBuffer(string: Self.answer))
            try await first.tell(parts, of: lead, from: EncodedEntry.tenant)
            let last = FlightParts(first: 5, count: 0, contents: ByteBuffer(), isKept: true)
            try await first.tell(last, of: lead, from: EncodedEntry.tenant)
            var told: [FlightParts] = []
            var position = start
            while told.count < 2 {
                let (lines, next) = try await second.lines(after: position, wait: .seconds(5))
                told += lines.compactMap { if case .parts(token, let parts) = $0 { parts } else { nil } }
                position = next
            }
            #expect(told.map(\.first) == [3, 5] && told.map(\.count) == [2, 0])
            #expect(told.map(\.isKept) == [nil, true])
            let opened = second.open(told[0], of: lead, from: EncodedEntry.tenant)
            #expect(opened.map { String(buffer: $0) } == Self.answer)
            let other = FlightHolding(
                token: token, key: FlightKey(entry: SampleEntries.id(2), partition: key.partition, generation: 0))
            #expect(second.open(told[0], of: other, from: EncodedEntry.tenant) == nil)

            let stored = try server.cli("XRANGE", "rf:{01}:parts", "-", "+")
            #expect(stored.contains(Self.answer) == !isSealed)
            let life = try #require(Int(server.cli("PTTL", "rf:{01}:parts")))
            #expect(life > 0 && life <= 30_000)
        }
    }

    private struct Unexpected: Error {
        init(_ what: String) {}
    }
}
