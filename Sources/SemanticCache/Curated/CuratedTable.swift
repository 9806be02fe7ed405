import GatewayCore

/// The columns of a file of comma-separated values, as its first row names them.
struct CuratedTable: Sendable {
    private let columns: [String]

    /// - Parameter header: the first row.
    init(header: [String]) throws(CuratedMistake) {
        columns = header.map(Self.trimmed)
        for name in columns where !CuratedAnswer.names.contains(name) {
            throw CuratedMistake(
                "the column '\(name.prefix(64))' is not known; expected \(CuratedAnswer.names.joined(separator: ", "))")
        }
        for name in ["id", "question", "answer"] where !columns.contains(name) {
            throw CuratedMistake("the first row must name the columns; '\(name)' is missing")
        }
        guard Set(columns).count == columns.count else { throw CuratedMistake("a column is named twice") }
    }

    /// Reads one row. Cells with several texts hold a JSON array, or the texts with bars between them.
    func answer(_ row: [String]) throws(CuratedMistake) -> CuratedAnswer {
        guard row.count == columns.count else {
            throw CuratedMistake("expected \(columns.count) fields, found \(row.count)")
        }
        let cells = Dictionary(zip(columns, row)) { first, _ in first }
        func cell(_ name: String) -> String? { cells[name].flatMap { $0.isEmpty ? nil : $0 } }
        return try CuratedAnswer(
            id: cells["id"] ?? "", question: cells["question"] ?? "",
            variants: try Self.list(cell("variants"), named: "variants"), answer: cells["answer"] ?? "",
            tags: try Self.list(cell("tags"), named: "tags"), locale: cell("locale"), validUntil: cell("valid_until"),
            distractors: try Self.list(cell("distractors"), named: "distractors"))
    }

    private static func list(_ cell: String?, named name: String) throws(CuratedMistake) -> [String] {
        guard let cell else { return [] }
        if cell.hasPrefix("["), let document = try? JSONDocument(cell) {
            let texts = document.root.elements.map(\.string)
            guard !texts.contains(nil) else { throw CuratedMistake("'\(name)' must be an array of strings") }
            return texts.compactMap(\.self)
        }
        return cell.split(separator: "|").map { trimmed(String($0)) }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The fields of one row (RFC 4180): those in double quotes may hold commas, line ends and, doubled, quotes.
    /// - Returns: nil for bytes that are not UTF-8.
    static func fields(_ row: some Sequence<UInt8>) -> [String]? {
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var (isQuoted, wasQuoted) = (false, false)
        for byte in row {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted: (isQuoted, wasQuoted) = (false, true)
            case UInt8(ascii: "\"") where wasQuoted:
                field.append(byte)
                (isQuoted, wasQuoted) = (true, false)
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(field)
                (field, wasQuoted) = ([], false)
            default: field.append(byte)
            }
        }
        let texts = (fields + [field]).map { String(validating: $0, as: UTF8.self) }
        return texts.contains(nil) ? nil : texts.compactMap(\.self)
    }
}
