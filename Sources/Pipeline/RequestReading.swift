import GatewayCore
import NIOCore
import ProviderAPIs
import RequestAnalysis

/// Makes one kind of request of all that clients send, so that every stage behind it knows one form.
struct RequestReading: Sendable {
    let analyzer: RequestAnalyzer
    let api: ClientAPI

    /// - Throws: `invalidJSON` or `invalidRequest`, with the field at fault.
    func read(_ body: ByteBuffer, headers: CallerHeaders) throws(GatewayError) -> ChatRequest {
        if api == .chat { return try analyzer.parse(body) }
        let document = try analyzer.document(body)
        let conversation = try ClientDialects.dialect(of: api).request(document.root, headers: headers.ofAPI)
        return try request(conversation, from: document, headers: headers)
    }

    /// Reads what is to be counted: a Messages request that need not say how long its answer may be.
    /// - Throws: as ``read(_:headers:)``.
    func readCount(_ body: ByteBuffer, headers: CallerHeaders) throws(GatewayError) -> ChatRequest {
        let document = try analyzer.document(body)
        return try request(MessagesTokenCount.request(document.root), from: document, headers: headers)
    }

    /// Makes a request of what a client says.
    /// - Parameter isWhole: whether the document holds all of the conversation.
    func request(
        _ conversation: Conversation, from document: JSONDocument, headers: CallerHeaders, isWhole: Bool = true
    ) throws(GatewayError) -> ChatRequest {
        var request = try spelled(conversation, root: isWhole ? document.root : nil)
        request.origin = ChatRequest.Origin(
            api: api, document: isWhole ? document : nil, conversation: conversation, headers: headers.ofAPI)
        // One that goes on from kept messages is never passed as it came.
        if isWhole { request.ownWords = OwnWords.of(document.root, api: api, question: request.question?.text) }
        return request
    }

    /// The request in the gateway's spelling.
    /// - Parameter root: what the client wrote, where that is all.
    private func spelled(
        _ conversation: Conversation, root: JSONElement?
    ) throws(GatewayError) -> ChatRequest {
        do throws(GatewayError) {
            let written = try ChatRequestWriter.write(conversation)
            return try analyzer.parse(written, needsMessage: !ResponsesPrompt.isNamed(in: conversation))
        } catch {
            throw ClientNames(api, root: root, conversation: conversation).naming(error)
        }
    }
}

extension ChatRequest {
    /// The request of which another one was made by adding to its messages. What its sender wrote no longer says all.
    func following(_ asked: ChatRequest) throws(GatewayError) -> ChatRequest {
        guard let origin = asked.origin, document !== asked.document else { return self }
        var changed = self
        var conversation = try self.conversation()
        conversation.wantsStreamUsage = origin.conversation.wantsStreamUsage
        conversation.betas = origin.conversation.betas
        changed.origin = Origin(
            api: origin.api, document: nil, conversation: conversation, headers: origin.headers)
        return changed
    }
}
