import GatewayCore
import GatewayTesting
import Testing
import VectorMath

@testable import SemanticCache

@Suite("The mirrored entries of a partition", .timeLimit(.minutes(1)))
struct PartitionIndexTests {
    private let samples = SampleEntries()
    private var now: UnixTime { UnixTime.now() }

    private func partition(holding numbers: Range<Int>) -> PartitionIndex {
        let partition = PartitionIndex(dimension: 16)
        for number in numbers { partition.add(samples.mirrored(number)) }
        return partition
    }

    @Test("Chunks double from 4 rows to 4096 and every row is kept at the borders",
          arguments: [(1, 1), (4, 1), (5, 2), (12, 2), (13, 3), (28, 3), (29, 4), (8188, 11), (8189, 12), (12_285, 13)])
    func growth(rows: Int, chunks: Int) {
        let partition = partition(holding: 0..<rows)
        #expect(partition.count == rows)
        #expect(partition.chunks.count == chunks)
        let ids = partition.chunks.flatMap { $0.rows.compactMap { $0?.id } }
        #expect(ids == (0..<rows).map(SampleEntries.id))
    }

    @Test("A chunk whose rows are all removed is let go, wherever it stands")
    func deadChunks() {
        let partition = partition(holding: 0..<28)
        for number in 4..<12 { partition.remove(SampleEntries.id(number)) }
        #expect(partition.chunks.map(\.capacity) == [4, 16])
        for number in 0..<28 { partition.remove(SampleEntries.id(number)) }
        #expect(partition.chunks.isEmpty)
        #expect(partition.count == 0)
        partition.add(samples.mirrored(1))
        #expect(partition.count == 1)
    }

    @Test("An entry replaced again and again holds one row, not all that it ever was")
    func replacedOften() {
        let partition = PartitionIndex(dimension: 16)
        for round in 0..<10_000 { partition.add(samples.mirrored(1, vector: samples.vector(round))) }
        #expect(partition.count == 1)
        #expect(partition.chunks.reduce(0) { $0 + $1.capacity } <= 4096)
        let living = partition.chunks.flatMap { chunk in chunk.rows.indices.filter { chunk.rows[$0] != nil } }
        #expect(living.count == 1)
        #expect(partition.chunks.last?.holds(samples.vector(9_999), at: living[0]) == true)
    }

    @Test("The same entry with the same vector keeps its row and takes the new expiry")
    func refreshed() {
        let partition = partition(holding: 0..<4)
        partition.add(samples.mirrored(2, life: .seconds(9)))
        #expect(partition.chunks.count == 1)
        #expect(partition.chunks.first?.rows.count == 4)
        #expect(partition.chunks.first?.row(at: 2)?.expires == samples.mirrored(2, life: .seconds(9)).expires)
    }

    @Test("What is expired goes, at its very millisecond, and the rest stays")
    func expiry() {
        let created = UnixTime(milliseconds: 1_000_000)
        let samples = SampleEntries(created: created)
        let partition = PartitionIndex(dimension: 16)
        for number in 0..<20 { partition.add(samples.mirrored(number, life: .milliseconds(number * 10))) }
        partition.removeExpired(at: UnixTime(milliseconds: 999_999))
        #expect(partition.count == 20)
        partition.removeExpired(at: UnixTime(milliseconds: 1_000_049))
        #expect(partition.count == 15)
        partition.removeExpired(at: UnixTime(milliseconds: 1_000_050))
        #expect(partition.count == 14)
        // A row that is given a shorter life than any before.
        partition.add(samples.mirrored(19, life: .milliseconds(55)))
        partition.removeExpired(at: UnixTime(milliseconds: 1_000_055))
        #expect(partition.count == 13)
        partition.removeExpired(at: UnixTime(milliseconds: .max))
        #expect(partition.count == 0)
        #expect(partition.chunks.isEmpty)
    }

    @Test("A row seen before the entry was stored anew does not remove the new one")
    func removeSeenRow() throws {
        let partition = partition(holding: 0..<2)
        let seen = try #require(partition.chunks.first?.row(at: 1))
        partition.add(samples.mirrored(1, life: .seconds(7200)))
        partition.remove(seen)
        #expect(partition.count == 2)
        let current = try #require(partition.chunks.first?.row(at: 1))
        partition.remove(current)
        #expect(partition.count == 1)
        partition.remove(current)
        #expect(partition.count == 1)
    }

    @Test("Vectors of another length are left out")
    func otherDimension() {
        let partition = PartitionIndex(dimension: 16)
        partition.add(samples.mirrored(1, vector: EmbeddingVector(unit: [1])))
        partition.add(samples.mirrored(2, vector: EmbeddingVector(unit: [])))
        #expect(partition.count == 0)
    }
}
