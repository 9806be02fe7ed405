import SemanticCache

extension CacheReport {
    /// The report for a terminal.
    var text: String {
        var table = TextTable([axisName, "hits %", "wrong %", "95 % interval", "looked into", "saved $", ""])
        for floor in telling { table.add(cells(of: floor) + [floor == floors.recommended ? "recommended" : ""]) }
        if let decided = floors.decided { table.add(cells(of: decided) + [""]) }
        var lines = [summary, "", table.description]
        lines += ["", advice]
        if !floors.worst.isEmpty {
            lines += ["", "near-duplicates with a wrong answer, the most alike first:"]
            for (place, lookup) in floors.worst.enumerated() {
                lines.append("\(place + 1). \(likeness(of: lookup))  \(lookup.label?.basis ?? "")")
                lines.append("   asked:  \(Self.shown(lookup.label?.texts?.asked))")
                lines.append("   stored: \(Self.shown(lookup.label?.texts?.stored))")
            }
        }
        return lines.joined(separator: "\n")
    }

    var summary: String {
        let days = ReportNumber.fixed(span / .seconds(86_400), digits: 1)
        var text = "\(ReportNumber.count(floors.requests)) requests in \(days) days, "
            + "\(ReportNumber.count(floors.exactHits)) of them asked before in the same words; "
            + "\(ReportNumber.count(labels)) answers to similar questions were looked into"
        if floors.auditCost > 0 { text += ", for $\(ReportNumber.dollars(floors.auditCost))" }
        if shadowRequests > 0 { text += "; \(ReportNumber.count(shadowRequests)) requests were in the shadow" }
        return text + "."
    }

    /// The cells of one line: floor, hits, wrong, interval, labels, money.
    func cells(of floor: FloorReport.Floor) -> [String] {
        [
            name(of: floor), ReportNumber.percent(floor.hitShare),
            floor.wrong.map { ReportNumber.percent($0.estimate) } ?? ReportNumber.unknown,
            floor.wrong.map { "\(ReportNumber.percent($0.low)) to \(ReportNumber.percent($0.high))" }
                ?? ReportNumber.unknown,
            ReportNumber.count(floor.labels),
            floors.cost > 0 ? ReportNumber.dollars(floor.saved) : ReportNumber.unknown,
        ]
    }

    /// Cosine and, where there is one, score.
    func likeness(of lookup: RecordedLookup) -> String {
        var parts: [String] = []
        if let similarity = lookup.similarity { parts.append("cosine \(ReportNumber.fixed(similarity, digits: 3))") }
        if let score = lookup.score { parts.append("score \(ReportNumber.fixed(score, digits: 2))") }
        return parts.joined(separator: ", ")
    }

    /// Without what could move a terminal's cursor or colour it.
    private static func shown(_ text: String?) -> String {
        guard let text else { return ReportNumber.unknown }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(300) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: out.append(" ")
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
