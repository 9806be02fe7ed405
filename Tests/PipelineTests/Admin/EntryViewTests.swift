import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@testable import Pipeline

@Suite("What operators are shown of one entry")
struct EntryViewTests {
    @Test("Of another name of an entry, whose it is and by what it was verified; of an entry neither")
    func alias() throws {
        var entry = SampleEntries().entry(1)
        for isAlias in [false, true] {
            if isAlias {
                entry.alias = AliasOrigin(
                    entry: SampleEntries.id(2), provenance: "right_judge", labels: nil, generation: nil)
            }
            let view = EntryView(summary: EntrySummary(entry: entry, now: entry.created), isServed: true)
            let root = try JSONDocument(view.json).root
            #expect(root["entry"]?.string == entry.id.description)
            #expect(root["alias_of"]?.string == (isAlias ? SampleEntries.id(2).description : nil))
            #expect(root["verified_by"]?.string == (isAlias ? "right_judge" : nil))
        }
    }
}
