import Testing

@testable import SemanticCache

@Suite("The file of the vectors")
struct VectorFileTests {
    @Test("What was written is read back, and a place that was given back is used again")
    func places() throws {
        let file = try #require(VectorFile())
        let (first, second) = (file.reserve(16), file.reserve(16))
        #expect(second == first + 16)
        #expect(file.write([1, 2, 3, 4], at: first) && file.write([5, 6, 7, 8], at: second))
        var row: [Float] = [0, 0, 0, 0]
        #expect(file.read(into: &row, at: first) && row == [1, 2, 3, 4])
        #expect(file.read(into: &row, at: second) && row == [5, 6, 7, 8])
        #expect(!file.read(into: &row, at: 1 << 20), "behind the end")
        file.release(first, length: 16)
        #expect(file.reserve(32) == 32, "another length takes another place")
        #expect(file.reserve(16) == first)
    }

    @Test("Without a directory to write to there is no file, and vectors are kept in memory")
    func noDirectory() {
        #expect(VectorFile(directory: "/no/such/directory") == nil)
        let rows = FullRows(dimension: 2, capacity: 3, file: nil)
        #expect(rows.write([1, 2], at: 0) && rows.write([3, 4], at: 1))
        var row: [Float] = [0, 0]
        #expect(rows.read(1, into: &row) && row == [3, 4])
        #expect(!rows.read(2, into: &row))
    }
}
