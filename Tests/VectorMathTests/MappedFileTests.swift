import Foundation
import Testing

@testable import VectorMath

@Suite("Mapped files")
struct MappedFileTests {
    private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url.path)
    }

    private func littleEndian(_ value: Float) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0 * 8)) }
    }

    @Test("Floats are found at any offset, and never outside the file")
    func floats() throws {
        let values: [Float] = [1, -2, 3.5, 4]
        let bytes: [UInt8] = [0xFF] + values.flatMap(littleEndian)
        try withFile(bytes) { path in
            let file = try MappedFile(path: path)
            #expect(file.count == 17)
            #expect(file.floats(at: 1, rows: 2, columns: 2)?.row(1) == [3.5, 4], "an offset that is not aligned")
            #expect(file.floats(at: 4, rows: 1, columns: 3)?.columns == 3)
            #expect(file.floats(at: 2, rows: 2, columns: 2) == nil)
            #expect(file.floats(at: -1, rows: 1, columns: 1) == nil)
            #expect(file.floats(at: 18, rows: 0, columns: 1) == nil)
            #expect(file.floats(at: 0, rows: Int.max, columns: 2) == nil)
            #expect(file.floats(at: 0, rows: Int.max / 4 + 1, columns: 1) == nil)
        }
    }

    @Test("An empty file has no bytes, a missing one and a folder are errors")
    func absent() throws {
        try withFile([]) { path in
            let file = try MappedFile(path: path)
            #expect(file.withBytes { $0.byteCount } == 0)
            #expect(file.floats(at: 0, rows: 1, columns: 1) == nil)
        }
        let missing = #expect(throws: MappedFileError.self) { try MappedFile(path: "/nowhere/at/all") }
        #expect(missing?.isMissing == true)
        let folder = #expect(throws: MappedFileError.self) { try MappedFile(path: NSTemporaryDirectory()) }
        #expect(folder?.isMissing == false)
    }
}
