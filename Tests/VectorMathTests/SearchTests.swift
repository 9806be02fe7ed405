import GatewayTesting
import Testing

@testable import VectorMath

@Suite("Search")
struct SearchTests {
    @Test("The best of many scores are those a sort would give, in its order", arguments: 1...6)
    func topK(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        // Few distinct values, so that ties are common; some are not numbers.
        var scores = (0..<500).map { _ in Float(Int.random(in: -10...10, using: &generator)) / 10 }
        for index in stride(from: 3, to: 500, by: 41) { scores[index] = .nan }
        for (limit, floor) in [(1, Float(-1)), (5, 0.5), (20, 0.95), (600, 0), (0, -1)] {
            var best = TopK(limit: limit, floor: floor)
            // Two pieces in the wrong order: the result must not depend on it.
            best.offer(Array(scores[251...]).span, firstID: 251)
            best.offer(Array(scores[..<251]).span, firstID: 0)
            let sorted = scores.enumerated().filter { $0.element >= floor }
                .sorted { $0.element > $1.element || ($0.element == $1.element && $0.offset < $1.offset) }
            #expect(best.rows == sorted.prefix(limit).map { ScoredRow(id: $0.offset, score: $0.element) })
        }
    }

    @Test("A full chunk and a vector of another dimension are refused")
    func chunkBounds() {
        let chunk = VectorChunk(dimension: 3, capacity: 2)
        #expect(chunk.append([Float]([1, 2]).span) == nil)
        #expect(chunk.append([Float]([1, 2, 3]).span) == 0)
        #expect(chunk.append([Float]([4, 5, 6]).span) == 1)
        #expect(chunk.isFull)
        #expect(chunk.append([Float]([7, 8, 9]).span) == nil)
        #expect(chunk.withRow(1) { $0[2] } == 6)
        #expect(chunk.withRow(2) { $0[0] } == nil)
        #expect(chunk.withRow(-1) { $0[0] } == nil)
    }

    @Test("A reader that scans while rows are added sees only whole rows")
    func concurrentReaders() async {
        let (dimension, capacity) = (32, 4_000)
        let chunk = VectorChunk(dimension: dimension, capacity: capacity)
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var torn = 0
                    var seen = 0
                    while seen < capacity {
                        seen = chunk.count
                        // The writer needs a thread of the pool too.
                        await Task.yield()
                        guard seen > 0 else { continue }
                        // Row n holds n in every place.
                        let isWhole = chunk.withRow(seen - 1) { row in row[0] == Float(seen - 1) && row[31] == row[0] }
                        if isWhole != true { torn += 1 }
                    }
                    return torn
                }
            }
            group.addTask {
                for row in 0..<capacity { _ = chunk.append([Float](repeating: Float(row), count: dimension).span) }
                return 0
            }
            for await torn in group { #expect(torn == 0) }
        }
    }
}
