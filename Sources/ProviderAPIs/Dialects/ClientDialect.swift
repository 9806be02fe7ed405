package import GatewayCore
package import NIOCore

/// How one kind of client speaks: its requests in, its answers, streams and errors out. Pure.
package protocol ClientDialect: Sendable {
    /// Reads a request.
    /// - Parameters:
    ///   - root: the body, an object.
    ///   - headers: of the request, where the dialect has some that change the answer; names in any case.
    /// - Throws: `invalidRequest` with the field at fault.
    func request(_ root: JSONElement, headers: [(name: String, value: String)]) throws(GatewayError) -> Conversation

    /// The body of an answer that is not streamed.
    /// - Parameter answer: with an id and a time: the caller gives them to an answer that came without.
    func body(of answer: Answer, to request: Conversation) -> ByteBuffer

    /// Renders one stream from its beginning. The caller gives id and time to a `started` that came without.
    func stream(of request: Conversation) -> any AnswerStreamEncoder

    /// The body of an error answer, as the dialect's SDKs read it.
    func body(of error: GatewayError) -> ByteBuffer

    /// What the client calls a parameter.
    /// - Parameters:
    ///   - parameter: its name in the form between all dialects, which is that of Chat Completions.
    ///   - rest: what stands behind it, such as `[0].function.strict`.
    ///   - root: what the client wrote, which may call it one way or another; nil where that is not all of the request.
    func name(of parameter: String, behind rest: Substring, in root: JSONElement?) -> String

    /// Where the client wrote the messages of its request.
    func places(in root: JSONElement) -> MessagePlaces

    /// The status of an error answer, where the dialect has one of its own.
    func status(of error: GatewayError) -> Int
}

extension ClientDialect {
    /// That of the error itself.
    package func status(of error: GatewayError) -> Int { error.status }
}

extension AnswerStreamEncoder {
    /// Most keep nothing.
    package var isOverfull: Bool { false }
}

/// Renders the events of one stream as frames for a client.
package protocol AnswerStreamEncoder: Sendable {
    /// Writes the frames of one event; an event that means nothing to the client writes none.
    mutating func encode(_ event: AnswerEvent, into frames: inout ByteBuffer)

    /// Whether more came than can be kept of it: nothing more is written, and the stream must end as one that broke.
    var isOverfull: Bool { get }

    /// Writes the end of a stream that broke: the dialect's error in a stream, and no clean end behind it.
    mutating func fail(_ error: GatewayError, into frames: inout ByteBuffer)
}
