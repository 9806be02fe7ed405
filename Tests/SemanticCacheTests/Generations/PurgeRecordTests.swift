import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@Suite("What is known of purges")
struct PurgeRecordTests {
    private let samples = SampleEntries()
    private let labels = CacheLabels(
        tenant: TenantID("t"), namespace: "n", model: "m\n1", principal: "p", tags: ["a", "b"])

    private func entry(at generation: Int64?) -> StoredEntry {
        samples.labelled(1, labels: labels, at: generation.map(CacheGeneration.init))
    }

    private static let names = [
        "all", "before", "ns:n", "model:m\n1", "model:provider-model", "principal:p", "tag:a", "tag:b",
    ]

    @Test("Labels survive being written and read, whatever the model is called")
    func labelsRoundTrip() {
        for labels in [labels, CacheLabels(), CacheLabels(model: "\n\n", tags: ["x"])] {
            #expect(EntryLabels(labels).labels == labels)
        }
        #expect(EntryLabels(text: "a\nb\nc\nd").labels == nil)
    }

    @Test("An entry of the newest generation is current without a look at its labels")
    func newest() {
        let record = PurgeRecord(newest: CacheGeneration(5))
        #expect(record.verdict(on: entry(at: 5)) == .current)
        #expect(record.verdict(on: entry(at: 6)) == .purged)
        #expect(record.verdict(on: entry(at: nil)) == .purged)
    }

    @Test("An older one is current only when each of its names is known and was purged no later")
    func names() {
        let record = PurgeRecord(newest: CacheGeneration(9))
        #expect(record.verdict(on: entry(at: 5)) == .unknown(fields: Self.names))
        for name in Self.names {
            var purges = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, Int64(0)) })
            #expect(PurgeRecord(newest: CacheGeneration(9), purges: purges).verdict(on: entry(at: 5)) == .current)
            purges[name] = name == "before" ? Int64.max : 6
            #expect(PurgeRecord(newest: CacheGeneration(9), purges: purges).verdict(on: entry(at: 5)) == .purged)
            purges[name] = name == "before" ? 0 : 5
            #expect(PurgeRecord(newest: CacheGeneration(9), purges: purges).verdict(on: entry(at: 5)) == .current)
            purges[name] = nil
            let partly = PurgeRecord(newest: CacheGeneration(9), purges: purges)
            #expect(partly.verdict(on: entry(at: 5)) == .unknown(fields: [name]))
        }
    }

    @Test("What was read before the newest purge is not believed after it, and older words change nothing")
    func learning() {
        let ledger = PurgeLedger()
        let tenant = TenantID("t")
        let known = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, Int64(0)) })
        #expect(ledger.verdict(on: entry(at: 5), of: tenant) == .unknown(fields: []))
        ledger.learn(PurgeRecord(newest: CacheGeneration(9), purges: known), of: tenant)
        #expect(ledger.verdict(on: entry(at: 5), of: tenant) == .current)
        ledger.learn(PurgeRecord(newest: CacheGeneration(10)), of: tenant)
        #expect(ledger.verdict(on: entry(at: 5), of: tenant) == .unknown(fields: Self.names))
        ledger.learn(PurgeRecord(newest: CacheGeneration(9), purges: known), of: tenant)
        #expect(ledger.verdict(on: entry(at: 5), of: tenant) == .unknown(fields: Self.names))
        #expect(ledger.newest(of: tenant) == CacheGeneration(10))
        // In two parts, as names are needed.
        ledger.learn(PurgeRecord(newest: CacheGeneration(10), purges: ["all": 0, "before": 0, "ns:n": 0]), of: tenant)
        ledger.learn(PurgeRecord(newest: CacheGeneration(10), purges: known), of: tenant)
        #expect(ledger.verdict(on: entry(at: 5), of: tenant) == .current)
        #expect(ledger.newest(of: TenantID("other")) == nil)
    }
}
