import GatewayCore
package import NIOCore

extension CuratedAnswer {
    /// The first row of a table with every column, with its end.
    package static var header: ByteBuffer { row(of: names) }

    /// The same as one row of comma-separated values (RFC 4180), with its end: what ``CuratedReader`` reads below
    /// ``header``. Several texts in one cell are a JSON array, whatever they hold.
    package var row: ByteBuffer {
        Self.row(of: [
            id, question, Self.cell(variants), answer, Self.cell(tags), locale ?? "", validUntil ?? "",
            Self.cell(distractors),
        ])
    }

    private static func row(of cells: [String]) -> ByteBuffer {
        var row = ByteBufferAllocator().buffer(capacity: cells.reduce(2) { $0 + $1.utf8.count + 3 })
        row.writeString(cells.map(quoted).joined(separator: ","))
        row.writeStaticString("\r\n")
        return row
    }

    /// In quotes where a comma, a quote or a line's end would be taken for one of the table.
    private static func quoted(_ cell: String) -> String {
        let special: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D]
        guard cell.utf8.contains(where: { special.contains($0) }) else { return cell }
        var bytes: [UInt8] = [0x22]
        bytes.reserveCapacity(cell.utf8.count + 16)
        // By bytes: a quote and a mark above it are one character.
        for byte in cell.utf8 {
            if byte == 0x22 { bytes.append(byte) }
            bytes.append(byte)
        }
        return String(decoding: bytes + [0x22], as: UTF8.self)
    }

    private static func cell(_ texts: [String]) -> String {
        if texts.isEmpty { return "" }
        var json = JSONWriter()
        json.array { for text in texts { $0.string(text) } }
        return String(buffer: json.bytes)
    }
}
