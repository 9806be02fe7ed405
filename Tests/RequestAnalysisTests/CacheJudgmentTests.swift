import GatewayCore
import NIOCore
import Testing

@testable import RequestAnalysis

@Suite("Walls of persons and conversations")
struct CacheJudgmentTests {
    private func analyze(
        _ body: String, policy: CachePolicy = CachePolicy(), scope: UserScope = .personal,
        _ change: (inout CallerHeaders) -> Void = { _ in }
    ) throws -> AnalyzedRequest {
        var configuration = RequestAnalysisConfiguration()
        configuration.userScope = scope
        var headers = CallerHeaders()
        change(&headers)
        let analyzer = RequestAnalyzer(configuration: configuration)
        return try analyzer.analyze(
            try analyzer.parse(ByteBuffer(string: body)), headers: headers,
            scope: CacheScope(tenant: TenantID("t")), modelClass: "m", policy: policy)
    }

    private static let system = #"{"role":"system","content":"Be kind."},"#
    private static let turns = #"{"role":"user","content":"Tell me of plans."},{"role":"assistant","content":"There are two."},"#

    private func body(_ question: String, turns: String = "", more: String = "") -> String {
        #"{"model":"m","messages":[\#(Self.system)\#(turns){"role":"user","content":"\#(question)"}]\#(more)}"#
    }

    private static let plain = "How do I open the window?"
    private static let own = "Where is my order?"

    private var standalone: CachePolicy {
        var policy = CachePolicy()
        policy.followUps = .standalone
        return policy
    }

    @Test("Each class has its reason")
    func reasons() throws {
        let first = try analyze(body(Self.plain)).judgment
        #expect(first == CacheJudgment(.semantic, .selfContained))
        #expect(try analyze(body("What about that one?", turns: Self.turns)).judgment.reason == .opener)
        #expect(try analyze(body("How much does it cost?", turns: Self.turns)).judgment
            == CacheJudgment(.thread, .referent))
        #expect(try analyze(body(Self.plain, turns: Self.turns)).judgment == CacheJudgment(.thread, .conversation))
        #expect(try analyze(body(Self.plain, turns: Self.turns), policy: standalone).judgment
            == CacheJudgment(.semantic, .selfContained))
        for (rule, judgment) in [
            (RouteCacheRule.off, CacheJudgment(.never(.routeOff), .routeOff)),
            (.exact, CacheJudgment(.exactOnly, .routeExact)),
            (.semantic, first), (.shadow, first),
        ] {
            var policy = CachePolicy()
            policy.rule = rule
            let request = try analyze(body(Self.plain), policy: policy)
            #expect(request.judgment == judgment && request.isShadow == (rule == .shadow))
        }
        for reason in CacheabilityReason.allCases { #expect(CacheClass.allCases.contains(reason.ofClass)) }
    }

    @Test("A question that stands alone is also looked for among first questions, and written to its own conversation")
    func standaloneFollowUps() throws {
        let first = try #require(try analyze(body(Self.plain)).place)
        let follow = try analyze(body("How can I open the window?", turns: Self.turns), policy: standalone)
        #expect(follow.alsoSearched == first.partition)
        #expect(follow.place?.partition != first.partition)
        #expect(follow.besides?.place?.partition == first.partition)
        #expect(try analyze(body("And how can I open it?", turns: Self.turns), policy: standalone).alsoSearched == nil)
        #expect(try analyze(body(Self.plain), policy: standalone).alsoSearched == nil)
        // Instructions between turns are not left out, so there is no such wall.
        let late = Self.turns + #"{"role":"system","content":"Now be rude."},"#
        let between = try analyze(body(Self.plain, turns: late), policy: standalone)
        #expect(between.alsoSearched == nil && between.judgment.reason == .conversation)
    }

    @Test("What is a person's own stands behind a wall of that person, and of nobody is not kept")
    func persons() throws {
        let nobody = try analyze(body(Self.own))
        #expect(nobody.judgment.sharing == .nobody && !nobody.judgment.isKept && nobody.judgment.personal == .state)
        let ann = try analyze(body(Self.own, more: #","user":"ann""#))
        let bob = try analyze(body(Self.own, more: #","user":"bob""#))
        #expect(ann.judgment.sharing == .user && ann.judgment.isKept)
        #expect(ann.place != bob.place && ann.place != nobody.place && ann.place?.entry != bob.place?.entry)
        #expect(ann.alsoSearched == nobody.place?.partition)
        let header = try analyze(body(Self.own, more: #","user":"bob""#)) { $0.user = "ann" }
        #expect(header.place == ann.place, "the header counts before the body")
        let metadata = try analyze(body(Self.own, more: #","metadata":{"user_id":"ann"}"#))
        #expect(metadata.place == ann.place)
        #expect(try analyze(body(Self.plain, more: #","user":"ann""#)).place == analyze(body(Self.plain)).place)
    }

    @Test("The configuration says what a person's own is", arguments: UserScope.allCases)
    func scopes(scope: UserScope) throws {
        let data = try analyze(body("Mail a.b@example.com please"), scope: scope).judgment.personal
        let state = try analyze(body(Self.own), scope: scope).judgment.personal
        let plain = try analyze(body(Self.plain), scope: scope).judgment.personal
        switch scope {
        case .off: #expect([data, state, plain] == [nil, nil, nil])
        case .data: #expect([data, state, plain] == [.data, nil, nil])
        case .personal: #expect([data, state, plain] == [.data, .state, nil])
        case .all:
            #expect([data, state, plain] == [.always, .always, .always])
            #expect(try analyze(body(Self.plain, more: #","user":"ann""#), scope: scope).alsoSearched == nil)
        }
    }

    @Test("A caller's question stands for the conversation, behind a wall of such questions")
    func queries() throws {
        func asked(
            _ query: String, _ last: String, turns: String = Self.turns, more: String = ""
        ) throws -> AnalyzedRequest {
            try analyze(body(last, turns: turns, more: more)) { $0.query = query }
        }
        let one = try asked("How do I open the window?", "And that one?")
        let other = try asked("how do I open the window", "Open?", turns: "")
        #expect(one.place == other.place)
        #expect(one.question == "How do I open the window?")
        #expect(one.judgment == CacheJudgment(.semantic, .callerQuery))
        let first = try analyze(body(Self.plain))
        #expect(first.place?.partition != one.place?.partition)
        #expect(try asked("How do I open the door?", "And?").place?.entry != one.place?.entry)
        // What made the answer counts although it is not in the wall.
        let told = Self.turns + #"{"role":"user","content":"My name is Ann."},{"role":"assistant","content":"Hi"},"#
        #expect(try asked("How do I pay by card?", "And?", turns: told).judgment.sharing == .nobody)
        let named = try asked("How do I pay by card?", "And?", turns: told, more: #","user":"u""#)
        #expect(named.judgment.sharing == .user)
        let tool = Self.turns + #"{"role":"tool","tool_call_id":"1","content":"22"},"#
        #expect(try asked("How warm is the room?", "And?", turns: tool).judgment.reason == .toolHistory)
        for bad in ["", " \u{3000}", String(repeating: "x", count: 9000)] {
            #expect(throws: GatewayError.self) { try asked(bad, "And?") }
        }
    }

    @Test("What an operator has prepared is nobody's own")
    func prepared() throws {
        let request = try analyze(body(Self.own), policy: .prepared)
        #expect(request.judgment.isKept)
        #expect(request.place == (try analyze(body(Self.own)).place), "and is found by who is not known")
        #expect(request.place?.partition == (try analyze(body(Self.own, more: #","user":"ann""#)).alsoSearched))
    }
}
