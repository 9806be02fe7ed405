import GatewayCore
import NIOCore
import Testing

@testable import SemanticCache

@Suite("The record of the cache's decisions")
struct LookupHistoryTests {
    private func history(_ lines: [String]) -> LookupHistory {
        var history = LookupHistory()
        for line in lines { history.add(ByteBuffer(string: line)) }
        return history
    }

    private static let lookup =
        #"{"id":"a","at":5,"route":"m","action":"miss","shadow":true,"cosine":0.91,"score":2.5,"cost":70}"#
    private static let label =
        #"{"label":"a","at":6,"right":false,"basis":"wrong","share":0.25,"cost":9,"asked":"x","stored":"y"}"#

    @Test("A lookup and its label are put together, whichever comes first")
    func both() throws {
        for lines in [[Self.lookup, Self.label], [Self.label, Self.lookup]] {
            let all = history(lines).all
            #expect(all.count == 1)
            let found = try #require(all.first)
            #expect(found.request == "a" && found.time.milliseconds == 5 && found.route == "m" && found.isShadow)
            #expect(found.action == .miss && found.similarity == 0.91 && found.score == 2.5 && found.cost == 70)
            let wanted = RecordedLabel(isRight: false, basis: "wrong", share: 0.25, cost: 9, texts: ("x", "y"))
            #expect(found.label == wanted)
        }
    }

    @Test("Of two labels the later counts, and of two lines of one lookup the first")
    func doubled() {
        let later = #"{"label":"a","at":7,"right":true,"basis":"feedback"}"#
        let all = history([Self.lookup, Self.label, later, Self.lookup]).all
        #expect(all.count == 1 && all.first?.label?.isRight == true)
        // A label behind the second line belongs to the first.
        let other = Self.lookup.replacing(#""id":"a""#, with: #""id":"b""#)
        let late = history([Self.lookup, Self.lookup, other, Self.label]).all
        #expect(late.map(\.request) == ["a", "b"])
        #expect(late.first?.label?.basis == "wrong" && late.last?.label == nil)
    }

    @Test("Lines that are damaged, of another kind or beyond all bounds are counted and left out")
    func damaged() {
        let lines = [
            "", "{", "[]", "{}", #"{"id":1,"at":2,"action":"miss"}"#, #"{"id":"b","at":2,"action":"other"}"#,
            #"{"id":"b","action":"miss"}"#, #"{"label":"b"}"#, #"{"label":3,"right":true}"#, "\u{0}",
        ]
        let history = history(lines)
        #expect(history.all.isEmpty && history.unread == lines.count)
        // A share of nothing would weigh for ever.
        #expect(RecordedLabel(isRight: true, basis: "", share: 0).share > 0)
        #expect(RecordedLabel(isRight: true, basis: "", share: .nan).share == 1)
    }
}
