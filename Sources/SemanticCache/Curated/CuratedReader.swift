package import NIOCore

/// Reads a file of curated answers piece by piece, whatever its length.
package struct CuratedReader: Sendable {
    /// How the file is written.
    package enum Form: Sendable, Equatable {
        /// A JSON object on each line.
        case lines
        /// Comma-separated values behind a row of names.
        case table

        /// By the end of a file's name.
        package init(path: String) { self = path.lowercased().hasSuffix(".csv") ? .table : .lines }
    }

    /// One answer, or what is wrong with it, and where it begins in the file, counted from 1.
    package struct Line: Sendable {
        package let number: Int
        package let content: Result<CuratedAnswer, CuratedMistake>

        package init(number: Int, content: Result<CuratedAnswer, CuratedMistake>) {
            self.number = number
            self.content = content
        }
    }

    private enum Header: Sendable {
        case awaited, none, unusable
        case read(CuratedTable)
    }

    private var rows: CuratedRows
    private var header: Header

    package init(_ form: Form) {
        rows = CuratedRows(isTable: form == .table)
        header = form == .table ? .awaited : .none
    }

    /// Takes the next piece, which may end anywhere.
    package mutating func feed(_ bytes: ByteBuffer) -> [Line] { rows.feed(bytes).compactMap { read($0) } }

    /// What was still open when the file ended.
    package mutating func finish() -> [Line] { rows.finish().compactMap { read($0) } }

    private mutating func read(_ row: CuratedRows.Row) -> Line? {
        switch row {
        case .tooLong(let line):
            return failure(line, "longer than \(CuratedRows.lengthLimit) bytes")
        case .unclosed(let line):
            return failure(line, "a quote that never closes")
        case .whole(let line, let bytes):
            do throws(CuratedMistake) {
                return try content(bytes).map { Line(number: line, content: .success($0)) }
            } catch {
                return Line(number: line, content: .failure(error))
            }
        }
    }

    private func failure(_ line: Int, _ text: String) -> Line {
        Line(number: line, content: .failure(CuratedMistake(text)))
    }

    /// Nil for what is no answer: the row of names, and all rows where it cannot be used.
    private mutating func content(_ bytes: [UInt8]) throws(CuratedMistake) -> CuratedAnswer? {
        switch header {
        case .none: return try CuratedAnswer(json: ByteBuffer(bytes: bytes))
        case .unusable: return nil
        case .awaited:
            header = .unusable
            header = .read(try CuratedTable(header: try fields(bytes)))
            return nil
        case .read(let table): return try table.answer(try fields(bytes))
        }
    }

    private func fields(_ bytes: [UInt8]) throws(CuratedMistake) -> [String] {
        guard let fields = CuratedTable.fields(bytes) else { throw CuratedMistake("not valid UTF-8") }
        return fields
    }
}
