import ArgumentParser

/// A row of a table in comma-separated values (RFC 4180): fields in double quotes may hold commas, line ends and,
/// doubled, quotes.
struct CommaSeparatedLine: Equatable {
    /// Where it starts, counted from 1.
    let line: Int
    let fields: [String]

    static func rows(_ lines: [String], path: String) throws -> [CommaSeparatedLine] {
        var rows: [CommaSeparatedLine] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var start = 1
        for (number, line) in lines.enumerated() {
            if isQuoted { field += "\n" } else { start = number + 1 }
            var rest = Substring(line)
            while let character = rest.popFirst() {
                switch character {
                case "\"" where isQuoted && rest.first == "\"": field.append(rest.removeFirst())
                case "\"" where isQuoted || field.isEmpty: isQuoted.toggle()
                case "," where !isQuoted:
                    fields.append(field)
                    field = ""
                default: field.append(character)
                }
            }
            guard !isQuoted else { continue }
            if !line.isEmpty { rows.append(CommaSeparatedLine(line: start, fields: fields + [field])) }
            (fields, field) = ([], "")
        }
        if isQuoted { throw ValidationError("\(path), line \(start): a quote that never closes") }
        return rows
    }
}
