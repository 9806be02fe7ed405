import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Operators' requests while two encoders find answers", .timeLimit(.minutes(1)))
struct FormerDeskTests {
    private static let order = #"{"similar_to":"0 degrees","threshold":0.9}"#

    private func purge(_ fixture: AdminFixture, isDry: Bool = false) async throws -> PurgeReceipt {
        let order = isDry ? #"{"similar_to":"0 degrees","threshold":0.9,"dry_run":true}"# : Self.order
        return try await fixture.desk.purge(PurgeOrder(json: ByteBuffer(string: order)))
    }

    @Test("A purge by likeness forgets what either of them finds")
    func purged() async throws {
        try await AdminFixture.run { fixture in
            fixture.fill(0..<3, in: 1, degrees: 5)
            fixture.fill(3..<5, in: 1, degrees: 5, isFormer: true)
            fixture.fill(5..<6, in: 1, degrees: 60, isFormer: true)
            let dry = try await purge(fixture, isDry: true)
            #expect(dry.count == 5 && dry.holdsSince == nil)
            #expect(fixture.store.all.count == 6)
            let receipt = try await purge(fixture)
            #expect(receipt.count == 5 && receipt.holdsSince != nil && !receipt.isAtLeast)
            #expect(fixture.store.all.map(\.id) == [SampleEntries.id(5)])
            #expect(fixture.index.count == 0 && fixture.formerIndex.count == 1)
        }
    }

    @Test("Neighbours that the encoder before finds come last and say so, until nothing is left for it")
    func neighbours() async throws {
        try await AdminFixture.run { fixture in
            fixture.fill(0..<1, in: 1, degrees: 60)
            fixture.fill(1..<2, in: 1, degrees: 5, isFormer: true)
            let order = try NeighbourOrder(json: ByteBuffer(string: #"{"text":"0 degrees"}"#))
            let rows = try await fixture.desk.neighbours(order).rows
            #expect(rows.map(\.isFormer) == [false, true])
            #expect(rows.map { $0.similarity > 0.9 } == [false, true])
            fixture.isFormerOver.withLockedValue { $0 = true }
            #expect(try await fixture.desk.neighbours(order).rows.map(\.isFormer) == [false])
        }
    }

    @Test("The statistics tell how many answers only the encoder before finds")
    func statistics() async throws {
        try await AdminFixture.run { fixture in
            fixture.fill(0..<2, in: 1, degrees: 5, isFormer: true)
            let query = try AdminQuery([], names: AdminDesk.statsNames)
            let root = try JSONDocument(try await fixture.desk.statistics(query).json).root
            #expect(root["former"]?["remaining"]?.integer == 2)
            #expect(root["former"]?["encoder"]?.string == "sample#f00d/16")
            fixture.isFormerOver.withLockedValue { $0 = true }
            #expect(try await fixture.desk.statistics(query).former?.remaining == 0)
        }
    }
}
