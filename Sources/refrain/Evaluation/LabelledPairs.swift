import ArgumentParser
import GatewayCore

/// Pairs of questions of which somebody said whether one answer serves both, from a file.
struct LabelledPairs {
    struct Pair: Equatable {
        /// Places among the texts.
        let question: Int
        let candidate: Int
        let isSame: Bool
    }

    /// Each text once.
    private(set) var texts: [String] = []
    private(set) var pairs: [Pair] = []
    private var places: [String: Int] = [:]

    /// - Throws: a `ValidationError` that names the file and the line.
    init(path: String) throws {
        let lines = try TextFile.lines(of: path)
        try self.init(path.hasSuffix(".csv") ? Self.table(lines, path) : Self.objects(lines, path))
        guard !pairs.isEmpty else { throw ValidationError("'\(path)' holds no pairs") }
    }

    init(_ rows: [(a: String, b: String, isSame: Bool)]) {
        for row in rows {
            pairs.append(Pair(question: place(row.a), candidate: place(row.b), isSame: row.isSame))
        }
    }

    private mutating func place(_ text: String) -> Int {
        if let place = places[text] { return place }
        places[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }

    private static func objects(_ lines: [String], _ path: String) throws -> [(a: String, b: String, isSame: Bool)] {
        try lines.enumerated().filter { !$0.element.isEmpty }.map { number, line in
            guard let root = try? JSONDocument(line).root, let a = root["a"]?.string, let b = root["b"]?.string,
                let isSame = root["same"]?.bool ?? flag(root["same"]?.integer)
            else { throw ValidationError("\(path), line \(number + 1): expected {\"a\", \"b\", \"same\": 0 or 1}") }
            return (a, b, isSame)
        }
    }

    private static func flag(_ number: Int?) -> Bool? {
        switch number {
        case 0: false
        case 1: true
        default: nil
        }
    }

    private static func table(_ lines: [String], _ path: String) throws -> [(a: String, b: String, isSame: Bool)] {
        let rows = try CommaSeparatedLine.rows(lines, path: path)
        let header = (rows.first?.fields ?? []).map { $0.lowercased() }
        guard let a = header.firstIndex(of: "a"), let b = header.firstIndex(of: "b"),
            let same = header.firstIndex(of: "same")
        else { throw ValidationError("\(path), line 1: expected columns named a, b and same") }
        return try rows.dropFirst().map { row in
            guard row.fields.count == header.count, let isSame = Self.flag(row.fields[same]) else {
                throw ValidationError("\(path), line \(row.line): expected \(header.count) fields, same being 0 or 1")
            }
            return (row.fields[a], row.fields[b], isSame)
        }
    }

    private static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "0", "false", "no": false
        case "1", "true", "yes": true
        default: nil
        }
    }
}
