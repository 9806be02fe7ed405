import GatewayCore
import NIOCore
import ProviderAPIs

/// A whole stream run through parser and decoder, as the gateway does it.
struct ResponsesEvents {
    private(set) var events: [AnswerEvent] = []

    init(_ pieces: [[UInt8]]) throws(ProviderFailure) {
        var parser = EventStreamParser()
        var decoder = ResponsesProvider().stream()
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) { events += try decoder.consume(event) }
        }
        if let last = parser.finish() { events += try decoder.consume(last) }
        events += try decoder.finish()
    }

    init(_ body: String) throws(ProviderFailure) { try self.init([Array(body.utf8)]) }

    var answer: Answer? {
        var accumulator = AnswerAccumulator()
        for event in events { accumulator.add(event) }
        return accumulator.answer
    }
}
