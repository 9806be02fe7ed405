package import GatewayCore
import NIOCore

/// Which answers are worth keeping. What is refused here would be served again and again.
package enum AnswerAdmission {
    /// - Returns: nil to store, or why not.
    package static func refusal(
        of answer: ChatAnswer, to request: AnalyzedRequest, bytesLimit: Int,
        rules: AdmissionRules = AdmissionRules(), isStandIn: Bool = false
    ) -> WriteOutcome? {
        if case .never = request.cacheability { return .notCacheable }
        if request.judgment.sharing == .nobody { return .personal }
        if !answer.isComplete { return .notCacheable }
        if request.directives.skipsWrite { return .callerNoStore }
        if answer.json.readableBytes > bytesLimit { return .tooLarge }
        if answer.hasRefusal || answer.finishReasons.contains("content_filter") { return .filtered }
        if answer.hasToolCalls { return .toolCalls }
        if answer.finishReasons.contains("length") { return .truncated }
        guard !answer.finishReasons.isEmpty, answer.finishReasons.allSatisfy({ $0 == "stop" }) else {
            return .notFinished
        }
        guard let text = answer.text, text.contains(where: { !$0.isWhitespace }) else { return .empty }
        if isStandIn, !rules.keepsStandIns { return .standIn }
        if rules.requiresUsage, answer.usage == nil { return .noUsage }
        if rules.leastCharacters > 1, !text.hasCharacters(rules.leastCharacters) { return .tooShort }
        if !rules.keepsRefusals, RefusalText.reads(text) { return .refused }
        if !rules.keepsPersonal, request.judgment.sharing == .tenant, namesSomebody(text, request) { return .personal }
        if asksForJSON(request.request), (try? JSONDocument(text)) == nil { return .invalidFormat }
        return nil
    }

    /// Whether an answer that many would get tells who asked, or holds the number of a payment card or a
    /// social security number. Addresses and numbers of phones and accounts are often the operator's own.
    private static func namesSomebody(_ text: String, _ request: AnalyzedRequest) -> Bool {
        if let user = request.user, user.utf8.count >= shortestName, text.contains(user) { return true }
        let shape = PersonalShapes.first(in: text.utf8.span) { $0 == .card || $0 == .socialSecurity }
        return shape != nil
    }

    /// Shorter names stand in words by chance.
    private static let shortestName = 4

    private static func asksForJSON(_ request: ChatRequest) -> Bool {
        switch request.document.root["response_format"]?["type"]?.string {
        case "json_object", "json_schema": true
        default: false
        }
    }
}

extension String {
    /// Whether there are so many characters that are no white space.
    fileprivate func hasCharacters(_ count: Int) -> Bool {
        var left = count
        for character in self where !character.isWhitespace {
            left -= 1
            if left == 0 { return true }
        }
        return false
    }
}
