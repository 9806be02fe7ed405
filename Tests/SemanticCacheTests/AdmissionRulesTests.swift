import GatewayCore
import GatewayTesting
import NIOCore
import SemanticCache
import Testing

@Suite("Answers that an operator does not want kept")
struct AdmissionRulesTests {
    private func refusal(
        _ answer: ChatAnswer, rules: AdmissionRules = AdmissionRules(), isStandIn: Bool = false, user: String? = nil,
        sharing: AnswerSharing = .tenant
    ) throws -> WriteOutcome? {
        let sample = try SampleRequests.request()
        var judgment = CacheJudgment(.semantic, .selfContained)
        judgment.sharing = sharing
        var request = AnalyzedRequest(
            request: sample.request, judgment: judgment, place: sample.place, directives: CacheDirectives())
        request.user = user
        return AnswerAdmission.refusal(
            of: answer, to: request, bytesLimit: 10_000, rules: rules, isStandIn: isStandIn)
    }

    private func rules(_ change: (inout AdmissionRules) -> Void) -> AdmissionRules {
        var rules = AdmissionRules()
        change(&rules)
        return rules
    }

    @Test("A model that stands in for the route's first is not remembered in its place")
    func standIns() throws {
        #expect(try refusal(SampleRequests.answer(), isStandIn: true) == .standIn)
        #expect(try refusal(SampleRequests.answer(), rules: rules { $0.keepsStandIns = true }, isStandIn: true) == nil)
    }

    @Test("Short texts and answers without usage are refused where that is wanted")
    func wanted() throws {
        let rules = rules { ($0.leastCharacters, $0.requiresUsage) = (5, true) }
        #expect(try refusal(SampleRequests.answer(text: "a b c d"), rules: rules) == .tooShort)
        #expect(try refusal(SampleRequests.answer(text: "a b c d e"), rules: rules) == nil)
        let silent = ChatAnswer(
            json: ByteBuffer(string: "{}"), model: "m", usage: nil, finishReasons: ["stop"], hasToolCalls: false,
            hasRefusal: false, text: "An answer.")
        #expect(try refusal(silent, rules: rules) == .noUsage)
        #expect(try refusal(silent) == nil)
    }

    @Test("What reads like a refusal is refused, in each language; what says so in passing is an answer", arguments: [
        ("I'm sorry, but I can't help with that request.", true), ("I’m sorry, but I cannot assist with that.", true),
        ("I am an AI language model, I cannot do this.", true), ("Dabei kann ich dir nicht helfen.", true),
        ("Je ne peux pas vous aider avec cela.", true), ("Lo siento, pero no puedo ayudarte.", true),
        ("Mi dispiace, ma non posso farlo.", true), ("Sinto muito, mas não posso ajudar.", true),
        ("Daar kan ik je niet mee helpen.", true),
        ("If the lock is stuck, I can help with that: turn the key twice.", false),
        ("Sorry to hear that! Open the app and choose Reset.", false),
        ("Our shop cannot ship batteries. " + String(repeating: "More on that here. ", count: 40)
            + "I can't help with that.", false),
    ])
    func refusals(text: String, isRefused: Bool) throws {
        #expect(try refusal(SampleRequests.answer(text: text)) == (isRefused ? .refused : nil))
        #expect(try refusal(SampleRequests.answer(text: text), rules: rules { $0.keepsRefusals = true }) == nil)
    }

    @Test("An answer that many would get does not tell who asked")
    func personal() throws {
        #expect(try refusal(SampleRequests.answer(text: "Dear ann.lee, hello"), user: "ann.lee") == .personal)
        #expect(try refusal(SampleRequests.answer(text: "Dear ann.lee, hello"), user: "ann.lee", sharing: .user) == nil)
        #expect(try refusal(SampleRequests.answer(text: "a u1 b"), user: "u1") == nil)
        #expect(try refusal(SampleRequests.answer(text: "Your card 4111 1111 1111 1111")) == .personal)
        #expect(try refusal(SampleRequests.answer(text: "Mail help@example.com or call +31 20 123 4567")) == nil)
        #expect(try refusal(SampleRequests.answer(), sharing: .nobody) == .personal)
    }
}
