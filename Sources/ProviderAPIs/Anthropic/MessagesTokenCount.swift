package import GatewayCore
package import NIOCore

/// Counting the tokens of a request before it is made (`POST /v1/messages/count_tokens`).
package enum MessagesTokenCount {
    /// Where tokens are counted.
    package static let path = "/v1/messages/count_tokens"

    /// The call to a provider of this dialect: the client's own bytes and headers, with the model's name there.
    /// - Parameter root: the client's body, an object.
    package static func call(
        passing root: JSONElement, headers: [(name: String, value: String)], model: String
    ) -> ProviderCall {
        MessagesPassage.call(path: path, root, headers: headers, model: model)
    }

    /// Reads the request, for a provider that counts no tokens: a Messages request that need not say `max_tokens`.
    /// - Throws: `invalidRequest` with the field at fault.
    package static func request(_ root: JSONElement) throws(GatewayError) -> Conversation {
        try MessagesRequestReader.read(root, headers: [], isCount: true)
    }

    /// Reads a provider's answer.
    /// - Throws: ``ProviderFailure``: `malformedAnswer`, or what an error object under status 200 says.
    package static func read(_ body: ByteBuffer) throws(ProviderFailure) -> Int {
        let root = try OpenAIChat.parse(body).root
        if MessagesAnswerReader.isError(root) { throw .anthropic(root) }
        guard let count = root["input_tokens"]?.integer, count >= 0 else {
            throw OpenAIChat.malformed("must have a count 'input_tokens'")
        }
        return count
    }

    /// The answer to the client.
    package static func body(of tokens: Int) -> ByteBuffer {
        var json = JSONWriter(capacity: 32)
        json.object { $0.member("input_tokens", tokens) }
        return json.bytes
    }

    /// An estimate where nobody counts: texts as `tokens` estimates them, and of a picture and a page what they cost at
    /// most and on average by the provider's guide.
    /// - Parameter tokens: the estimate of one text.
    package static func estimate(_ request: Conversation, tokens: @escaping (String) -> Int) -> Int {
        var count = MessagesTokenEstimate(tokens: tokens)
        for message in request.messages { count.add(message) }
        for tool in request.tools { count.add(tool) }
        if case .schema(let format) = request.format { count.add(format.schema.description) }
        return count.sum
    }
}
