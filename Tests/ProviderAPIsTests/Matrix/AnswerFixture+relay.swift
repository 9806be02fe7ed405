import GatewayCore
import NIOCore

@testable import ProviderAPIs

extension AnswerFixture {
    /// The stream that a client is sent and the answer that is kept of it; nil where none is kept whole.
    func recorded(by api: ClientAPI) throws -> (sent: String, answer: ChatAnswer)? {
        guard let (sent, answer) = try relayed(to: AskingClient.stream(api)), let answer, answer.isComplete
        else { return nil }
        return (sent, answer)
    }

    /// What a client is sent of the fixture's stream, and what is kept of it; nil without a stream.
    func relayed(to request: ChatRequest) throws -> (sent: String, answer: ChatAnswer?)? {
        guard let frames = try frames() else { return nil }
        var parser = wire.parser
        var events: [ServerSentEvent] = []
        for frame in frames { events += try parser.append(ByteBuffer(bytes: frame)) }
        if let last = try parser.finish() { events.append(last) }
        var relay = TargetTranslation(request, for: wire.target).relay { Self.identity }
        var sent = ByteBuffer()
        var answer: ChatAnswer?
        for event in events {
            switch try relay.consume(event) {
            case .lifecycle(let frame), .content(let frame), .usage(let frame): sent.writeImmutableBuffer(frame)
            case .done(let whole): answer = whole
            case .ignored: break
            }
        }
        if let last = try relay.finish() { answer = last }
        sent.writeImmutableBuffer(relay.lastFrames)
        return (String(buffer: sent), answer)
    }
}
