import GatewayCore
import NIOCore

@testable import ProviderAPIs

/// Streams of the dialect run through parser and decoder, as the gateway does it.
enum MessagesStream {
    static func events(_ pieces: [[UInt8]]) throws(ProviderFailure) -> [AnswerEvent] {
        var parser = EventStreamParser()
        var decoder = AnthropicProvider().stream()
        var events: [AnswerEvent] = []
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) { events += try decoder.consume(event) }
        }
        if let last = parser.finish() { events += try decoder.consume(last) }
        return events + (try decoder.finish())
    }

    static func framed(_ pieces: [[UInt8]]) throws(ProviderFailure) -> [ServerSentEvent] {
        var parser = EventStreamParser()
        var events: [ServerSentEvent] = []
        for piece in pieces { events += try parser.append(ByteBuffer(bytes: piece)) }
        return events
    }

    static func events(_ body: String) throws(ProviderFailure) -> [AnswerEvent] { try events([Array(body.utf8)]) }

    static func answer(_ events: [AnswerEvent]) -> Answer? {
        var accumulator = AnswerAccumulator()
        for event in events { accumulator.add(event) }
        return accumulator.answer
    }

    /// What a client of the dialect is sent.
    static func frames(_ events: [AnswerEvent], request: Conversation = Conversation(model: "m")) -> String {
        var encoder = AnthropicClient().stream(of: request)
        var frames = ByteBuffer()
        for event in events { encoder.encode(event, into: &frames) }
        return String(buffer: frames)
    }

    /// Frames as `name data`, one a line, with the data in one spelling.
    static func lines(_ frames: String) throws -> [String] {
        var parser = EventStreamParser()
        return try parser.append(ByteBuffer(string: frames)).map { "\($0.name ?? "-") \(try Canonical.text($0.data))" }
    }

    /// A body from lines of `data`: each is framed with its type as the name, as the provider does it.
    static func body(_ lines: String) -> String {
        lines.split(separator: "\n").map { line in
            let type = (try? JSONDocument(String(line)).root["type"]?.string) ?? "message"
            return "event: \(type)\ndata: \(line)\n\n"
        }.joined()
    }
}
