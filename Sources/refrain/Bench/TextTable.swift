/// Rows in columns: the first to the left, the others to the right.
struct TextTable: CustomStringConvertible {
    private var rows: [[String]]

    init(_ header: [String]) { rows = [header] }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// Rows below the header.
    var count: Int { rows.count - 1 }

    private var columns: Int { rows.map(\.count).max() ?? 0 }

    var description: String {
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + blanks : blanks + text
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// The same as a table of Markdown.
    var markdown: String {
        guard let header = rows.first else { return "" }
        let rule = "|---|" + String(repeating: "--:|", count: max(columns - 1, 0))
        let lines = rows.dropFirst().map(Self.line)
        return ([Self.line(header), rule] + lines).joined(separator: "\n")
    }

    private static func line(_ row: [String]) -> String {
        "| " + row.map { $0.split(separator: "|").joined(separator: "\\|") }.joined(separator: " | ") + " |"
    }
}
