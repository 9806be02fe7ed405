import SemanticCache

/// The report as one page: everything in it, nothing from elsewhere, in light and dark.
struct CacheReportPage {
    let report: CacheReport

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>Cache report</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <main>
        <h1>Cache report</h1>
        <p class="summary">\(HTMLText.escaped(report.summary))</p>
        \(tiles)
        <p class="advice">\(HTMLText.escaped(report.advice))</p>
        <figure>
        \(FloorChart(report: report).svg)
        \(legend)
        </figure>
        <h2>Floors</h2>
        \(table)
        \(worst)
        </main>
        </body>
        </html>

        """
    }

    private var tiles: String {
        let best = report.floors.recommended
        let decided = report.floors.decided
        let shown = best ?? decided
        let wrong = shown?.wrong.map { "\(ReportNumber.percent($0.estimate)) %" } ?? ReportNumber.unknown
        let interval = shown?.wrong.map {
            "of hits wrong, \(ReportNumber.percent($0.low)) to \(ReportNumber.percent($0.high)) %"
        }
        let name = best == nil ? "as decided" : "from \(report.axisName) \(best.map(report.name) ?? "")"
        let saved = report.floors.cost > 0 ? shown.map { "$\(ReportNumber.dollars($0.saved))" } : nil
        return """
            <div class="tiles">
            \(Self.tile(ReportNumber.count(report.floors.requests), "requests"))
            \(Self.tile(shown.map { "\(ReportNumber.percent($0.hitShare)) %" } ?? ReportNumber.unknown, "hits " + name))
            \(Self.tile(wrong, interval ?? "of hits wrong"))
            \(Self.tile(saved ?? ReportNumber.unknown, "saved of $" + ReportNumber.dollars(report.floors.cost)))
            </div>
            """
    }

    private static func tile(_ value: String, _ name: String) -> String {
        "<div><b>\(HTMLText.escaped(value))</b><span>\(HTMLText.escaped(name))</span></div>"
    }

    private var legend: String {
        var items = [("line", report.axisName + ", with its 95 % interval")]
        if report.plain != nil { items.append(("plain", "plain cosine")) }
        if report.floors.decided != nil { items.append(("decided", "as decided then")) }
        if report.floors.recommended != nil { items.append(("best", "recommended")) }
        let list = items.map { "<span class=\"key \($0.0)\">\(HTMLText.escaped($0.1))</span>" }
        return "<figcaption>\(list.joined(separator: "\n"))</figcaption>"
    }

    private var table: String {
        let names = [report.axisName, "hits %", "wrong %", "95 % interval", "looked into", "saved $"]
        var rows = report.telling.map { row(of: $0, name: $0 == report.floors.recommended ? "best" : "") }
        if let decided = report.floors.decided { rows.append(row(of: decided, name: "decided")) }
        return """
            <div class="wide"><table>
            <thead><tr>\(names.map { "<th>\(HTMLText.escaped($0))</th>" }.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    private func row(of floor: FloorReport.Floor, name: String) -> String {
        let cells = report.cells(of: floor).map { "<td>\(HTMLText.escaped($0))</td>" }.joined()
        return name.isEmpty ? "<tr>\(cells)</tr>" : "<tr class=\"\(name)\">\(cells)</tr>"
    }

    private var worst: String {
        guard !report.floors.worst.isEmpty else { return "" }
        let items = report.floors.worst.map { lookup in
            let texts = lookup.label?.texts
            let parts = [
                "<span class=\"likeness\">\(HTMLText.escaped(report.likeness(of: lookup)))</span>",
                "<q>\(HTMLText.escaped(texts?.asked ?? ReportNumber.unknown))</q>",
                "<q>\(HTMLText.escaped(texts?.stored ?? ReportNumber.unknown))</q>",
            ]
            return "<li>\(parts.joined(separator: "\n"))</li>"
        }
        return """
            <h2>Near-duplicates with a wrong answer</h2>
            <p>Asked, and below it the stored question whose answer is wrong for it; the most alike first.</p>
            <ol>
            \(items.joined(separator: "\n"))
            </ol>
            """
    }
}
