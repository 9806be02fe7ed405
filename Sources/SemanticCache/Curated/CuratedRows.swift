import NIOCore

/// Cuts a stream of bytes into lines, or into rows of comma-separated values, whose quoted fields may hold line ends.
/// Memory is bounded: what is longer than the limit is passed over, and told.
struct CuratedRows: Sendable {
    /// One row, without its line end.
    enum Row: Sendable, Equatable {
        case whole(line: Int, [UInt8])
        case tooLong(line: Int)
        case unclosed(line: Int)
    }

    static let lengthLimit = 1 << 20

    private let isTable: Bool
    private var row: [UInt8] = []
    /// Of the row at hand, and of the byte at hand.
    private var (start, line) = (1, 1)
    private var (isQuoted, wasQuoted, isFieldEmpty) = (false, false, true)
    private var isTooLong = false
    /// The mark that some programs write in front of UTF-8.
    private var mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(isTable: Bool) { self.isTable = isTable }

    /// Takes the next piece of the stream.
    mutating func feed(_ bytes: ByteBuffer) -> [Row] {
        var rows: [Row] = []
        for byte in bytes.readableBytesView {
            if let first = mark.first {
                if byte == first {
                    mark.removeFirst()
                    continue
                }
                mark = []
            }
            if byte == UInt8(ascii: "\n") {
                line += 1
                // A quote that does not close must not swallow the rest of the file.
                if !isQuoted || isTooLong {
                    rows += end()
                    continue
                }
            }
            note(byte)
        }
        return rows
    }

    /// What stands behind the last line end.
    mutating func finish() -> [Row] {
        if isQuoted, !isTooLong { return [.unclosed(line: start)] }
        return end()
    }

    private mutating func note(_ byte: UInt8) {
        if isTooLong { return }
        guard row.count < Self.lengthLimit else {
            isTooLong = true
            return
        }
        row.append(byte)
        guard isTable else { return }
        switch byte {
        case UInt8(ascii: "\"") where isQuoted: (isQuoted, wasQuoted) = (false, true)
        case UInt8(ascii: "\"") where wasQuoted || isFieldEmpty:
            (isQuoted, wasQuoted, isFieldEmpty) = (true, false, false)
        case UInt8(ascii: ",") where !isQuoted: (wasQuoted, isFieldEmpty) = (false, true)
        default: isFieldEmpty = false
        }
    }

    /// Blank lines are none.
    private mutating func end() -> [Row] {
        defer {
            row.removeAll(keepingCapacity: true)
            (isQuoted, wasQuoted, isFieldEmpty, isTooLong, start) = (false, false, true, false, line)
        }
        if isTooLong { return [.tooLong(line: start)] }
        if row.last == UInt8(ascii: "\r") { row.removeLast() }
        let isBlank = row.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return isBlank ? [] : [.whole(line: start, row)]
    }
}
