import GatewayCore
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Curated answers that are held in memory", .timeLimit(.minutes(1)))
struct CuratedHotTests {
    private static let old = #"{"id":"a","question":"One?","variants":["Two?"],"answer":"Old."}"#

    private func put(_ line: String, by desk: AdminDesk) async throws -> ImportReceipt {
        try await desk.importAnswers(
            ByteBuffer(string: line), isTable: false,
            query: AdminQuery([(name: "model", value: "m")], names: AdminDesk.importNames))
    }

    /// Imports two entries, looks each up until it is served from memory, and gives them.
    private func warm(_ fixture: AdminFixture) async throws -> [StoredEntry] {
        #expect(try await put(Self.old, by: fixture.desk).report.questions == 2)
        let entries = fixture.store.all
        for _ in 0..<2 {
            for entry in entries { #expect(try await load(entry, fixture) != nil) }
        }
        #expect(fixture.hot.counts.hits == 2)
        return entries
    }

    private func load(_ entry: StoredEntry, _ fixture: AdminFixture) async throws -> String? {
        try await fixture.hot.load(entry.id, in: entry.partition, of: .open).map { String(buffer: $0.answer) }
    }

    @Test("What an import changes, and what it no longer asks, is served as it was no longer")
    func imported() async throws {
        try await AdminFixture.run { fixture in
            let entries = try await warm(fixture)
            let changed = #"{"id":"a","question":"One?","answer":"New."}"#
            #expect(try await put(changed, by: fixture.desk).report.stored == 1)
            for entry in entries {
                let found = try await load(entry, fixture)
                if entry.question == "One?" { #expect(found?.contains("New.") == true) } else { #expect(found == nil) }
            }
        }
    }

    @Test("A line whose date has passed, and a purge by the answer's id, end it at once")
    func ended() async throws {
        try await AdminFixture.run { fixture in
            let over = #"{"id":"a","question":"One?","answer":"Old.","valid_until":"2000-01-31"}"#
            let held = try await warm(fixture)
            #expect(try await put(over, by: fixture.desk).report.over == 1)
            for entry in held { #expect(try await load(entry, fixture) == nil) }
            #expect(try await put(Self.old, by: fixture.desk).report.stored == 1)
            let entries = fixture.store.all
            for entry in entries { #expect(try await load(entry, fixture) != nil) }
            let order = try PurgeOrder(json: ByteBuffer(string: #"{"curated":"a","dry_run":true}"#))
            #expect(try await fixture.desk.purge(order).count == 2)
            for entry in entries { #expect(try await load(entry, fixture) != nil) }
            let real = try PurgeOrder(json: ByteBuffer(string: #"{"curated":"a"}"#))
            #expect(try await fixture.desk.purge(real).count == 2)
            for entry in entries { #expect(try await load(entry, fixture) == nil) }
        }
    }

    @Test("Only a purge looks through all entries for those of an answer, never an import, however many lines it has")
    func searches() async throws {
        try await AdminFixture.run { fixture in
            _ = try await warm(fixture)
            let line = #"{"id":"b","question":"Three?","answer":"New."}"#
            #expect(try await put(line, by: fixture.desk).report.stored == 1)
            #expect(fixture.store.searches == 0)
            _ = try await fixture.desk.purge(try PurgeOrder(json: ByteBuffer(string: #"{"curated":"a"}"#)))
            #expect(fixture.store.searches == 1)
        }
    }

    @Test("A namespace that no caller can name is refused, and nothing is stored")
    func namespace() async throws {
        try await AdminFixture.run { fixture in
            for name in ["a b", String(repeating: "n", count: 129)] {
                let query = try AdminQuery(
                    [(name: "model", value: "m"), (name: "namespace", value: name)], names: AdminDesk.importNames)
                let error = await #expect(throws: GatewayError.self) {
                    try await fixture.desk.importAnswers(ByteBuffer(string: Self.old), isTable: false, query: query)
                }
                #expect(error?.parameter == "namespace")
            }
            #expect(fixture.store.all.isEmpty)
        }
    }
}
