/// What the search bench measured at one size and floor.
struct SearchFigures: Codable {
    /// Of a row, what every scan reads.
    static let sketchBytes = 32

    let rows: Int
    let floor: Double
    /// One query alone: the median over queries of the best of three passes.
    let milliseconds: Double
    let millisecondsP99: Double
    /// 32 queries in one pass, per query.
    let millisecondsTogether: Double
    /// For one query: blocks of sixteen rows read in both parts of the sketch, rows scored by one byte a component,
    /// rows scored exactly.
    let blocksEntered: Double
    let coded: Double
    let exact: Double
    var insertsPerSecond = 0.0
    var residentBytesPerRow = 0.0
    /// Reading the first part of the sketch, by a loop that does nothing else.
    var rooflineMilliseconds = 0.0
    /// Queries whose answers were found equal to those of a search of all rows; zero when none were compared.
    var checkedQueries = 0

    static func table(_ figures: [SearchFigures]) -> TextTable {
        var table = TextTable([
            "vectors of 384", "floor", "p50 ms", "p99 ms", "ms of 32 together", "reading alone ms", "p50 ÷ reading",
            "blocks entered", "scored in bytes", "scored exactly", "added/s", "B/row resident", "checked",
        ])
        for figure in figures {
            table.add([
                "\(figure.rows)", Figure.text(figure.floor), Figure.text(figure.milliseconds),
                Figure.text(figure.millisecondsP99), Figure.text(figure.millisecondsTogether),
                Figure.text(figure.rooflineMilliseconds),
                Figure.text(figure.milliseconds / max(figure.rooflineMilliseconds, 1e-9)),
                Figure.text(figure.blocksEntered), Figure.text(figure.coded), Figure.text(figure.exact),
                Figure.text(figure.insertsPerSecond), Figure.text(figure.residentBytesPerRow),
                "\(figure.checkedQueries)",
            ])
        }
        return table
    }

    static func bars(_ figures: [SearchFigures]) -> [Bar] {
        [(100_000, 0.3), (1_000_000, 3.0)].flatMap { rows, limit -> [Bar] in
            let all = figures.filter { $0.rows == rows }
            guard rows == 100_000 || !all.isEmpty else { return [] }
            // The default threshold first; the lowest floor is the hardest.
            return [0.93, 0.85, 0.75].flatMap { floor -> [Bar] in
                let figure = all.first { abs($0.floor - floor) < 1e-3 }
                return [
                    Bar(
                        goal: "search, one query over \(rows) at \(floor) ≤ \(limit) ms", limit: limit,
                        measured: figure?.milliseconds),
                    Bar(
                        goal: "the same, 32 queries together, per query ≤ \(limit / 2) ms", limit: limit / 2,
                        measured: figure?.millisecondsTogether),
                ]
            }
        }
    }
}
