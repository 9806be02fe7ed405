package import GatewayCore
package import NIOCore

/// How one kind of provider speaks: requests out, answers, streams and errors in. Pure: no sockets, no clocks.
package protocol ProviderDialect: Sendable {
    /// How the body of a stream is cut into events.
    var framing: StreamFraming { get }

    /// How a key is shown.
    var credential: CredentialForm { get }

    /// What asks a provider whether it answers, without asking a model; nil where nothing does that with the same
    /// credential at the same address.
    var probe: ProviderProbe? { get }

    /// Writes a request.
    /// - Throws: `invalidRequest` for what cannot be said in this dialect at all, such as arguments of a call that are
    ///   no JSON object.
    func call(_ request: Conversation, model: ProviderModel) throws(GatewayError) -> ProviderCall

    /// Reads a whole answer.
    /// - Throws: ``ProviderFailure``: `malformedAnswer`, or what an error object under status 200 says.
    func answer(_ body: ByteBuffer) throws(ProviderFailure) -> Answer

    /// Follows one stream from its beginning.
    func stream() -> any AnswerStreamDecoder

    /// Reads a refusal.
    /// - Parameters:
    ///   - headers: of the answer; names in any case.
    ///   - now: seconds since 1970.
    func failure(
        status: Int, headers: [(name: String, value: String)], body: ByteBuffer, now: Int64
    ) -> ProviderFailure
}

/// How a key is shown to a provider.
package enum CredentialForm: Sendable, Equatable {
    /// `Authorization: Bearer …`.
    case bearer
    /// The key alone in a header of this name.
    case header(String)
    /// Signed with Amazon's Signature Version 4. The key is `access key id:secret access key`, with a third part for a
    /// session token.
    case awsSignature(service: String, region: String)
}

/// How the body of a stream is cut into events.
package enum StreamFraming: Sendable {
    /// `text/event-stream`.
    case serverSentEvents
    /// `application/vnd.amazon.eventstream`: binary messages with checksums.
    case amazonEventStream
}

/// Reads the events of one provider's stream.
package protocol AnswerStreamDecoder: Sendable {
    /// What the next event adds.
    /// - Throws: ``ProviderFailure``: `malformedAnswer` for what is none of the dialect's events, `streamError` or what
    ///   its code says for an error inside the stream.
    mutating func consume(_ event: ServerSentEvent) throws(ProviderFailure) -> [AnswerEvent]

    /// What the end of the body adds.
    /// - Throws: ``ProviderFailure`` of kind `truncated` when the dialect's own end has not come.
    mutating func finish() throws(ProviderFailure) -> [AnswerEvent]
}

/// What a translation must know of the model it writes for.
package struct ProviderModel: Sendable, Equatable {
    /// Its name at the provider.
    package var name: String
    /// What it is known to do; nil when nothing is known, which forbids nothing.
    package var capabilities: ModelCapabilities?
    /// The most tokens it can answer with, for dialects that must be told a limit; nil when not known.
    package var maxOutputTokens: Int?
    /// Brings what does not fit into a range, such as a temperature of 1.5 where 1 is the most, to its border; else
    /// the request is refused.
    package var clampsValues = false

    package init(name: String) { self.name = name }
}

/// A request as a provider gets it.
package struct ProviderCall: Sendable, Equatable {
    /// Behind the base URL, beginning with a slash; with its query.
    package var path: String
    /// Besides type and credentials.
    package var headers: [Header] = []
    package var body: ByteBuffer
    /// The client's parameters that are not in it, by the names the client knows.
    package var dropped: [String] = []

    package init(path: String, body: ByteBuffer) {
        self.path = path
        self.body = body
    }

    /// One line of its head.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// A `GET` that costs nothing, such as that of the list of models.
package struct ProviderProbe: Sendable, Equatable {
    /// Behind the base URL, beginning with a slash; with its query.
    package let path: String
    /// Besides credentials.
    package let headers: [ProviderCall.Header]

    package init(path: String, headers: [ProviderCall.Header] = []) {
        self.path = path
        self.headers = headers
    }
}
