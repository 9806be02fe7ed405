import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Purges by likeness", .timeLimit(.minutes(1)))
struct LikenessPurgeTests {
    private static let order = #"{"similar_to":"0 degrees","threshold":0.9}"#

    private func purge(_ fixture: AdminFixture) async throws -> PurgeReceipt {
        fixture.store.open(
            CuratedShelf(partition: SampleEntries.partition(1), tenant: .open, namespace: "", model: "m"))
        return try await fixture.desk.purge(PurgeOrder(json: ByteBuffer(string: Self.order)))
    }

    @Test("What lies behind more curated answers than one search gives is forgotten, too; those stay, read once")
    func behindCurated() async throws {
        try await AdminFixture.run { fixture in
            fixture.fill(0..<1100, in: 1, degrees: 0, isCurated: true)
            fixture.fill(1100..<1105, in: 1, degrees: 5, isCurated: false)
            fixture.fill(1105..<1115, in: 2, degrees: 5, isCurated: false)
            let receipt = try await purge(fixture)
            #expect(receipt.count == 15)
            #expect(receipt.holdsSince != nil && !receipt.isAtLeast)
            #expect(fixture.store.all.count == 1100)
            #expect(fixture.store.all.allSatisfy { $0.curation != nil })
            // Where no curated answers stand, nothing is read.
            #expect(fixture.store.read == 1105)
        }
    }

    @Test("Behind too many curated answers it ends, and does not say that it holds")
    func endsEarly() async throws {
        try await AdminFixture.run { fixture in
            fixture.fill(0..<(CuratedPins.limit + 1000), in: 1, degrees: 0, isCurated: true)
            fixture.fill(9000..<9001, in: 1, degrees: 5, isCurated: false)
            let receipt = try await purge(fixture)
            #expect(receipt.isAtLeast && receipt.holdsSince == nil)
            #expect(fixture.store.all.count == CuratedPins.limit + 1001)
        }
    }
}
