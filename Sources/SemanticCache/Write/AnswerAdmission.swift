package import GatewayCore
import NIOCore

/// Which answers are worth keeping. What is refused here would be served again and again.
package enum AnswerAdmission {
    /// - Returns: nil to store, or why not.
    package static func refusal(
        of answer: ChatAnswer, to request: AnalyzedRequest, bytesLimit: Int
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
        if asksForJSON(request.request), (try? JSONDocument(text)) == nil { return .invalidFormat }
        return nil
    }

    private static func asksForJSON(_ request: ChatRequest) -> Bool {
        switch request.document.root["response_format"]?["type"]?.string {
        case "json_object", "json_schema": true
        default: false
        }
    }
}
