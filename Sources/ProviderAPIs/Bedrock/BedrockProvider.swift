package import GatewayCore
package import NIOCore

/// The models of Amazon Bedrock, by its Converse API: one form for all makers of models.
package struct BedrockProvider: ProviderDialect {
    private let region: String

    /// - Parameter region: such as `eu-central-1`.
    package init(region: String) { self.region = region }

    package var framing: StreamFraming { .amazonEventStream }
    package var credential: CredentialForm { .awsSignature(service: "bedrock", region: region) }
    /// Models are listed at another host than they are called.
    package var probe: ProviderProbe? { nil }

    package func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall {
        let written = try BedrockRequestWriter.write(request, for: model)
        // A model may be an ARN, with slashes and colons.
        let name = PathSegment.encode(model.name[...])
        var call = ProviderCall(
            path: "/model/\(name)/converse" + (request.isStream ? "-stream" : ""), body: written.body)
        call.dropped = written.dropped
        return call
    }

    package func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer {
        guard let document = try? JSONDocument(body), document.root.kind == .object else {
            throw .malformedBedrock("must be a JSON object")
        }
        return try BedrockAnswerReader.read(document.root)
    }

    package func stream() -> any AnswerStreamDecoder { BedrockStreamDecoder() }

    package func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure {
        let failure = ProviderFailure.classify(status: status, headers: headers, body: body, now: now)
        return BedrockException(headers: headers, body: body).map { $0.kind(of: failure) } ?? failure
    }
}

extension ProviderFailure {
    static func malformedBedrock(_ message: String) -> ProviderFailure {
        ProviderFailure(.malformedAnswer, message: "an answer of Bedrock \(message)")
    }
}
