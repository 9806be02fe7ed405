import Foundation

/// The tables of `docs/fault-matrix.md`.
struct FaultTable {
    /// What is documented of one fault for one form of answers.
    enum Outcome: Equatable {
        case refused(code: String)
        case brokenOff
        /// It gets the provider's answer as it is.
        case answered
    }

    struct Row {
        let fault: String
        /// By whether the answer is streamed; nil where the fault cannot happen.
        let outcome: [Bool: Outcome]
        /// Whether another target is asked, likewise.
        let asksNext: [Bool: Bool]
    }

    /// A refusal as one client sees it.
    struct Refusal: Equatable {
        let status: Int
        let type: String
    }

    let rows: [Row]
    /// By code.
    let openAI: [String: Refusal]
    let messages: [String: Refusal]

    static func read() throws -> FaultTable {
        let text = try String(contentsOf: Place.package.appending(path: "docs/fault-matrix.md"), encoding: .utf8)
        let cells = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let codes = cells.filter { $0.count == 3 }
        return FaultTable(
            rows: try cells.filter { $0.count == 5 }.map(row),
            openAI: Dictionary(uniqueKeysWithValues: try codes.map { (bare($0[0]), try refusal($0[1])) }),
            messages: Dictionary(uniqueKeysWithValues: try codes.map { (bare($0[0]), try refusal($0[2])) }))
    }

    private static func row(_ cells: [String]) throws -> Row {
        var outcome: [Bool: Outcome] = [:]
        var asksNext: [Bool: Bool] = [:]
        for (isStream, cell) in [(false, cells[1]), (true, cells[2])] where cell != "–" {
            outcome[isStream] =
                switch cell {
                case "broken off": .brokenOff
                case "answered": .answered
                default: .refused(code: bare(cell))
                }
        }
        for (isStream, cell) in [(false, cells[3]), (true, cells[4])] where cell != "–" {
            guard ["yes", "no"].contains(cell) else { throw Mishap("neither yes nor no: \(cell)") }
            asksNext[isStream] = cell == "yes"
        }
        guard Set(outcome.keys) == Set(asksNext.keys) else { throw Mishap("a dash is missing: \(cells)") }
        return Row(fault: bare(cells[0]), outcome: outcome, asksNext: asksNext)
    }

    private static func refusal(_ cell: String) throws -> Refusal {
        let words = cell.split(separator: " ")
        guard words.count == 2, let status = Int(words[0]) else { throw Mishap("no status and type: \(cell)") }
        return Refusal(status: status, type: bare(String(words[1])))
    }

    private static func bare(_ cell: String) -> String { cell.trimmingCharacters(in: ["`"]) }
}
