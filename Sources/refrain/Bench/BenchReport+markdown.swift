import FoundationEssentials

extension BenchReport {
    /// The gateway's figures for docs/performance.md, with the machine they are from.
    var gatewayMarkdown: String {
        guard let gateway else { return "" }
        var parts = [machine.summary + "; load after the run \(loadAverageAfter)."]
        parts[0] = parts[0].split(separator: "\n").joined(separator: "; ")
        parts.append(
            "\(gateway.placement); windows of \(Figure.text(gateway.windowSeconds)) s, "
                + "medians of \(gateway.rounds) rounds, \(gateway.entries) entries in the large cache.")
        parts += gateway.tables.map(\.markdown)
        var bars = TextTable(["bar", "measured", ""])
        for bar in gateway.bars { bars.add([bar.goal, Figure.text(bar.measured), bar.verdict]) }
        parts.append(bars.markdown)
        let remarks = gateway.notes + gateway.voidLines
        if !remarks.isEmpty { parts.append(remarks.map { "- \($0)" }.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    /// Puts the figures into the document at `path`, between its marks.
    func writeMarkdown(into path: String) throws(BenchError) {
        guard let text = ProcFile.text(path) else { throw BenchError("cannot read \(path)") }
        guard let result = MarkedSection.replace("gateway", in: text, with: gatewayMarkdown) else {
            throw BenchError("\(path) has no lines '<!-- figures: gateway -->' and '<!-- end of figures: gateway -->'")
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(result.utf8)) else {
            throw BenchError("cannot write \(path)")
        }
    }
}
