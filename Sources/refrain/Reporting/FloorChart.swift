import SemanticCache

/// Draws wrong hits over hits: a line through the floors, the interval around it, the budget, and what was decided.
struct FloorChart {
    let report: CacheReport

    private static let width = 860.0
    private static let height = 420.0
    private static let plot = (left: 62.0, right: 838.0, top: 18.0, bottom: 366.0)

    /// One floor on the plane.
    private struct Point {
        let x: Double
        let y: Double
        let low: Double
        let high: Double
        let name: String
    }

    /// An SVG element; its colours are the page's.
    var svg: String {
        let line = points(report.floors)
        let plain = report.plain.map(points) ?? []
        let reach = reach(of: line + plain)
        let scale = Scale(hits: reach.hits, wrong: reach.wrong)
        var parts = [grid(scale)]
        if line.count > 1 { parts.append(band(line, scale)) }
        parts.append(budgetLine(scale))
        if plain.count > 1 { parts.append(path(plain, scale, name: "plain")) }
        if line.count > 1 { parts.append(path(line, scale, name: "line")) }
        parts += line.map { dot($0, scale, name: "dot") }
        if let decided = report.floors.decided.flatMap({ point($0, "as decided") }) {
            parts.append(diamond(decided, scale))
        }
        if let floor = report.floors.recommended, let place = point(floor, "recommended: " + report.name(of: floor)) {
            parts.append(dot(place, scale, name: "best"))
        }
        return """
            <svg viewBox="0 0 \(Self.number(Self.width)) \(Self.number(Self.height))" role="img" \
            aria-label="Wrong hits over hits, by floor">
            \(parts.joined(separator: "\n"))
            </svg>
            """
    }

    private func points(_ report: FloorReport) -> [Point] {
        var last = -1
        return report.floors.compactMap { floor in
            guard floor.hits != last else { return nil }
            last = floor.hits
            let digits = report.axis == .score ? 1 : 2
            let name = report.axis == .score ? "score" : "cosine"
            return point(floor, "\(name) \(ReportNumber.fixed(floor.floor ?? 0, digits: digits))")
        }
    }

    private func point(_ floor: FloorReport.Floor, _ name: String) -> Point? {
        guard let wrong = floor.wrong else { return nil }
        return Point(x: floor.hitShare, y: wrong.estimate, low: wrong.low, high: wrong.high, name: name)
    }

    /// How far the axes go: all hits, and wrong ones as far as they matter to the budget.
    private func reach(of points: [Point]) -> (hits: Double, wrong: Double) {
        let hits = points.map(\.x).max() ?? 0
        let wrong = points.map(\.y).max() ?? 0
        return (min(max(hits * 1.05, 0.05), 1), min(max(wrong * 1.1, report.budget * 2), 1))
    }

    // MARK: - Parts

    private func grid(_ scale: Scale) -> String {
        let plot = Self.plot
        var parts: [String] = []
        for value in scale.wrongTicks {
            let y = scale.y(value)
            parts.append(Self.line("grid", at: y))
            parts.append(Self.text(Self.tick(value), "tick", x: plot.left - 8, y: y + 4, anchor: "end"))
        }
        for value in scale.hitTicks {
            parts.append(Self.text(Self.tick(value), "tick", x: scale.x(value), y: plot.bottom + 18))
        }
        let (middle, center) = ((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2)
        parts.append(Self.text("answered from the cache, % of requests", "axis", x: middle, y: plot.bottom + 42))
        let turned = Self.text("wrong, % of hits", "axis", x: 0, y: 0)
        parts.append("<g transform=\"translate(14 \(Self.number(center))) rotate(-90)\">\(turned)</g>")
        return parts.joined(separator: "\n")
    }

    private func budgetLine(_ scale: Scale) -> String {
        let y = scale.y(report.budget)
        let name = "allowed: \(ReportNumber.percent(report.budget)) %"
        return Self.line("budget", at: y)
            + Self.text(name, "budget-name", x: Self.plot.left + 8, y: y - 6, anchor: "start")
    }

    private func band(_ points: [Point], _ scale: Scale) -> String {
        let upper = points.map { scale.place($0.x, $0.high) }
        let lower = points.reversed().map { scale.place($0.x, $0.low) }
        return "<polygon class=\"band\" points=\"\((upper + lower).joined(separator: " "))\"/>"
    }

    private func path(_ points: [Point], _ scale: Scale, name: String) -> String {
        let places = points.map { scale.place($0.x, $0.y) }.joined(separator: " ")
        return "<polyline class=\"\(name)\" points=\"\(places)\"/>"
    }

    private func dot(_ point: Point, _ scale: Scale, name: String) -> String {
        let place = "cx=\"\(Self.number(scale.x(point.x)))\" cy=\"\(Self.number(scale.y(point.y)))\""
        return "<circle class=\"\(name)\" \(place) r=\"\(name == "best" ? 7 : 4)\">"
            + "<title>\(title(point))</title></circle>"
    }

    private func diamond(_ point: Point, _ scale: Scale) -> String {
        let (x, y) = (scale.x(point.x), scale.y(point.y))
        let corners = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
            .map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
        return "<polygon class=\"decided\" points=\"\(corners)\"><title>\(title(point))</title></polygon>"
    }

    /// From one side of the plane to the other.
    private static func line(_ name: String, at y: Double) -> String {
        "<line class=\"\(name)\" x1=\"\(number(plot.left))\" x2=\"\(number(plot.right))\" "
            + "y1=\"\(number(y))\" y2=\"\(number(y))\"/>"
    }

    private static func text(
        _ text: String, _ name: String, x: Double, y: Double, anchor: String = "middle"
    ) -> String {
        "<text class=\"\(name)\" text-anchor=\"\(anchor)\" x=\"\(number(x))\" y=\"\(number(y))\">"
            + "\(HTMLText.escaped(text))</text>"
    }

    private func title(_ point: Point) -> String {
        HTMLText.escaped(
            "\(point.name): \(ReportNumber.percent(point.x)) % hits, \(ReportNumber.percent(point.y)) % of them wrong "
                + "(\(ReportNumber.percent(point.low)) to \(ReportNumber.percent(point.high)) %)")
    }

    private static func tick(_ share: Double) -> String {
        ReportNumber.fixed(share * 100, digits: share < 0.1 && share > 0 ? 1 : 0)
    }

    private static func number(_ value: Double) -> String { ReportNumber.fixed(value, digits: 1) }

    /// From shares to places on the plane.
    private struct Scale {
        let hits: Double
        let wrong: Double

        func x(_ share: Double) -> Double {
            FloorChart.plot.left + min(share / hits, 1) * (FloorChart.plot.right - FloorChart.plot.left)
        }

        func y(_ share: Double) -> Double {
            FloorChart.plot.bottom - min(share / wrong, 1) * (FloorChart.plot.bottom - FloorChart.plot.top)
        }

        func place(_ hits: Double, _ wrong: Double) -> String {
            "\(FloorChart.number(x(hits))),\(FloorChart.number(y(wrong)))"
        }

        var hitTicks: [Double] { Self.ticks(upTo: hits) }
        var wrongTicks: [Double] { Self.ticks(upTo: wrong) }

        /// Round values, five to ten of them.
        private static func ticks(upTo limit: Double) -> [Double] {
            let steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2]
            let step = steps.first { limit / $0 <= 8 } ?? 0.2
            return (0...Int(limit / step)).map { Double($0) * step }
        }
    }
}
