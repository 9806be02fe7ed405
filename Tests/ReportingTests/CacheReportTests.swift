import GatewayCore
import NIOCore
import SemanticCache
import Testing

@testable import refrain

@Suite("The report on floors")
struct CacheReportTests {
    /// Four hundred right hits at 0.96, half of them served; a hundred doubtful ones at 0.88 of which half are wrong;
    /// a hundred asked before; four hundred without a neighbour.
    private static let lines: [String] = {
        var lines: [String] = []
        func add(_ action: String, _ cosine: String?, right: Bool?) {
            let number = lines.count
            let likeness = cosine.map { #","cosine":\#($0)"# } ?? ""
            let rest = #""route":"m","action":"\#(action)","cost":1000000\#(likeness)}"#
            lines.append(#"{"id":"\#(number)","at":\#(number * 1_000),"# + rest)
            guard let right else { return }
            let texts = right ? "" : #","asked":"a <b>\#(number)</b>","stored":"it's & \u0007\u001b[31m\"s\"""#
            lines.append(#"{"label":"\#(number)","right":\#(right),"basis":"wrong","cost":2000\#(texts)}"#)
        }
        for number in 0..<400 { add(number % 2 == 0 ? "serve" : "miss", "0.96", right: true) }
        for number in 0..<100 { add("miss", "0.88", right: number % 2 == 0) }
        for _ in 0..<100 { add("exact", nil, right: nil) }
        for _ in 0..<400 { add("miss", nil, right: nil) }
        return lines
    }()

    private func report(budget: Double = 0.01) -> CacheReport {
        var history = LookupHistory()
        for line in Self.lines { history.add(ByteBuffer(string: line)) }
        return CacheReport(history, budget: budget)
    }

    @Test("Its figures are those of the record")
    func figures() {
        let report = report()
        #expect(report.floors.requests == 1_000 && report.labels == 500)
        // 500 of 1,000 from 0.96 on; none of 400 wrong.
        #expect(report.telling.map { report.name(of: $0) } == ["0.99", "0.96", "0.88"])
        #expect(report.telling.map(report.cells).map { $0[1] } == ["10.0", "50.0", "60.0"])
        // 50 of 500 similar ones are wrong, of 600 hits in all.
        #expect(report.telling.map(report.cells).map { $0[2] } == ["–", "0.00", "8.3"])
        #expect(report.telling.map(report.cells).map { $0[4] } == ["0", "400", "500"])
        #expect(report.telling.map(report.cells).map { $0[5] } == ["0.1000", "0.5000", "0.6000"])
        #expect(report.advice.hasPrefix("Serve from a cosine of 0.96: 50.0 % of requests"))
        #expect(report.floors.auditCost == 500 * 2_000)
        #expect(report.floors.worst.count == 20)
    }

    @Test("The text holds the table, the advice and the near-duplicates, and nothing that moves a cursor")
    func text() {
        let text = report().text
        for part in ["1,000 requests", "0.88", "8.3", "recommended", "as decided", "a <b>", "it's & "] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test("A record without labels, and an empty one, recommend nothing and say why")
    func nothing() {
        #expect(CacheReport(LookupHistory(), budget: 0.01).advice == "Nothing is recorded yet.")
        var history = LookupHistory()
        history.add(ByteBuffer(string: #"{"id":"1","at":1,"route":"m","action":"serve","cosine":0.95}"#))
        let report = CacheReport(history, budget: 0.01)
        #expect(report.advice.contains("nothing is known yet"))
        #expect(CacheReportPage(report: report).html.contains("nothing is known yet"))
        #expect(CacheReport(history, budget: 0.01, route: "other").floors.requests == 0)
    }

    @Test("The page is well-formed, needs nothing from elsewhere, and escapes what users wrote")
    func page() throws {
        let html = CacheReportPage(report: report()).html
        try Self.requireBalanced(html)
        for foreign in ["http:", "https:", "src=", "url(", "<script", "@import"] { #expect(!html.contains(foreign)) }
        #expect(html.contains("a &lt;b&gt;") && html.contains("it&#39;s &amp; [31m&quot;s&quot;"))
        #expect(!html.contains("<b>9") && html.contains("prefers-color-scheme: dark"))
        // Two floors with a known share make the line; each has its dot with its figures.
        #expect(html.contains("<title>cosine 0.96: 50.0 % hits, 0.00 % of them wrong (0.00 to 0.73 %)</title>"))
        #expect(html.contains("<title>cosine 0.88: 60.0 % hits, 8.3 % of them wrong"))
        #expect(html.components("<circle class=\"dot\"") == 2 && html.components("<circle class=\"best\"") == 1)
        #expect(html.components("<li>") == 20)
    }

    @Test("Scores make the axis where they are known, and the plain cosine is drawn beside them")
    func scores() {
        var history = LookupHistory()
        for number in 0..<20 {
            let score = Double(number) / 2 - 2
            let rest = #""action":"miss","cosine":0.\#(70 + number),"score":\#(score)}"#
            history.add(ByteBuffer(string: #"{"id":"\#(number)","at":1,"route":"m","# + rest))
            history.add(ByteBuffer(string: #"{"label":"\#(number)","right":\#(number > 5),"basis":"wrong"}"#))
        }
        let report = CacheReport(history, budget: 0.01)
        #expect(report.axisName == "score" && report.plain != nil)
        let html = CacheReportPage(report: report).html
        #expect(html.contains("polyline class=\"plain\"") && html.contains("<title>score 3.0:"))
    }

    /// Every element that is opened is closed, in its order.
    private static func requireBalanced(_ html: String) throws {
        var open: [Substring] = []
        var rest = html[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            let end = try #require(rest.firstIndex(of: ">"))
            let tag = rest[..<end]
            rest = rest[rest.index(after: end)...]
            #expect(!tag.contains("<"), "\(tag)")
            if tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
            if tag.hasPrefix("/") {
                #expect(open.popLast() == tag.dropFirst(), "\(tag)")
            } else {
                open.append(tag.prefix { $0 != " " && $0 != "\n" })
            }
        }
        #expect(open.isEmpty, "\(open)")
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
