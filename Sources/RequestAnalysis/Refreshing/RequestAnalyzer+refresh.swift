package import GatewayCore
import NIOCore

extension RequestAnalyzer {
    /// The request that makes an answer anew, from the one that was served it. Nothing its caller said about caching is
    /// in it, and what the answer can be forgotten by stays what it was.
    ///
    /// For a similar question that is the same request with the question that the answer was stored for: behind one
    /// wall nothing else differs. But what callers say that their conversations ask is no message of those: then who
    /// asks the same may make the answer anew, and no other.
    /// - Parameters:
    ///   - entry: where the answer stands.
    ///   - due: what is known of it.
    /// - Returns: nil where the answer cannot be asked for again in this way.
    package func refreshing(_ request: AnalyzedRequest, entry: EntryID, due: RefreshDue) -> AnalyzedRequest? {
        guard let place = request.place else { return nil }
        let isSame = entry == place.entry
        let asked: ChatRequest
        if isSame {
            asked = request.request
        } else {
            guard request.judgment.reason != .callerQuery, let question = due.question,
                let other = asking(question, insteadOf: request.request)
            else { return nil }
            asked = other
        }
        var analyzed = AnalyzedRequest(
            request: asked, judgment: request.judgment,
            place: CachePlace(partition: place.partition, entry: entry), directives: CacheDirectives(),
            labels: due.labels, lives: request.lives)
        if isSame { analyzed.question = request.question }
        analyzed.user = request.user
        return analyzed
    }

    /// Nil where the sender's own words say more than the request's document, as they hold another question.
    private func asking(_ question: String, insteadOf request: ChatRequest) -> ChatRequest? {
        guard request.ownWords == nil, let element = request.question?.element else { return nil }
        var text = ByteBuffer()
        text.writeJSONString(question)
        var splice = JSONSplice(request.document)
        splice.replace(element, with: text)
        guard var asked = try? parse(splice.apply()) else { return nil }
        asked.template = request.template
        asked.callThoughts = request.callThoughts
        return asked
    }
}
