import GatewayCore
import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("All mirrored entries", .timeLimit(.minutes(1)))
struct VectorIndexTests {
    private let samples = SampleEntries()

    @Test("A partition knows its own entries only, and leaves when it is empty")
    func partitions() {
        let index = VectorIndex(dimension: 16)
        index.add(samples.mirrored(1, in: 1))
        index.add(samples.mirrored(2, in: 2, life: .seconds(-1)))
        index.add(samples.mirrored(3, in: 3))
        #expect(index.count == 3)
        #expect(index.partition(SampleEntries.partition(1))?.count == 1)
        #expect(index.partition(SampleEntries.partition(4)) == nil)
        index.remove(SampleEntries.id(1), in: SampleEntries.partition(3))
        #expect(index.count == 3)
        index.removeExpired(at: .now())
        #expect(index.partition(SampleEntries.partition(2)) == nil)
        index.removeAll(except: [SampleEntries.id(3)])
        #expect(index.partition(SampleEntries.partition(1)) == nil)
        #expect(index.partition(SampleEntries.partition(3))?.count == 1)
    }

    @Test("An entry of another length makes no partition")
    func otherDimension() {
        let index = VectorIndex(dimension: 16)
        index.add(samples.mirrored(1, vector: EmbeddingVector(unit: [1])))
        #expect(index.partition(SampleEntries.partition(1)) == nil)
    }

    @Test("An entry added while its partition is emptied and dropped is found afterwards")
    func addWhileDropping() async {
        let index = VectorIndex(dimension: 16)
        let samples = samples
        for round in 0..<2_000 {
            index.add(samples.mirrored(0, life: .seconds(-1)))
            async let dropped: Void = index.removeExpired(at: .now())
            async let added: Void = index.add(samples.mirrored(round + 1))
            _ = await (dropped, added)
            let partition = index.partition(SampleEntries.partition(1))
            #expect(partition?.chunks.contains { $0.rows.contains { $0?.id == SampleEntries.id(round + 1) } } == true)
            index.removeAll(except: [])
        }
        #expect(index.count == 0)
    }
}
