import GatewayCore
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("Requests that make answers anew")
struct RefreshedRequestTests {
    private let analyzer = RequestAnalyzer(configuration: RequestAnalysisConfiguration())

    private func analyze(_ question: String, query: String? = nil, more: String = "") throws -> AnalyzedRequest {
        var headers = CallerHeaders()
        headers.query = query
        return try analyzer.analyze(
            try analyzer.parse(ByteBuffer(string: Analysis.body(question, more: more))), headers: headers,
            scope: CacheScope(tenant: TenantID("t"), namespace: ""), modelClass: "m")
    }

    private func due(_ question: String) -> RefreshDue {
        RefreshDue(created: UnixTime(milliseconds: 1), question: question, labels: CacheLabels(), step: 0)
    }

    @Test("Whose answer it is stays as it was, and with whom it is shared")
    func persons() throws {
        let request = try analyze("Where is my order?", more: #","user":"ann""#)
        let place = try #require(request.place)
        let same = try #require(analyzer.refreshing(request, entry: place.entry, due: due("Where is my order?")))
        #expect(same.judgment == request.judgment && same.judgment.sharing == .user)
        #expect(same.user == "ann" && same.place == place && same.alsoSearched == nil)
        let other = try #require(EntryID(bytes: Array(repeating: 7, count: 16)))
        let like = try #require(analyzer.refreshing(request, entry: other, due: due("Where's my order?")))
        #expect(like.question == "Where's my order?" && like.request.question?.text == "Where's my order?")
        #expect(like.judgment.sharing == .user && like.place?.partition == place.partition)
    }

    @Test("What a caller says that its conversation asks is made anew by who asks the same, and no other")
    func queries() throws {
        let request = try analyze("and that?", query: "How do I open the window?")
        let place = try #require(request.place)
        let same = try #require(
            analyzer.refreshing(request, entry: place.entry, due: due("How do I open the window?")))
        #expect(same.question == "How do I open the window?" && same.request.question?.text == "and that?")
        let other = try #require(EntryID(bytes: Array(repeating: 7, count: 16)))
        #expect(analyzer.refreshing(request, entry: other, due: due("How can I open it?")) == nil)
    }
}
