import GatewayCore
import NIOCore
import ProviderAPIs

/// Reads a stream as it arrives.
enum GeminiReading {
    static let provider = GeminiProvider(.geminiAPI)

    /// - Throws: ``ProviderFailure``
    static func events(_ pieces: [[UInt8]]) throws -> [AnswerEvent] {
        var parser = EventStreamParser()
        var decoder = provider.stream()
        var events: [AnswerEvent] = []
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) { events += try decoder.consume(event) }
        }
        if let last = parser.finish() { events += try decoder.consume(last) }
        return events + (try decoder.finish())
    }

    static func answer(_ events: [AnswerEvent]) -> Answer? {
        var accumulator = AnswerAccumulator()
        for event in events { accumulator.add(event) }
        return accumulator.answer
    }

    static func failure(_ body: String) -> ProviderFailure? {
        do {
            _ = try events([Array(body.utf8)])
            return nil
        } catch {
            return error as? ProviderFailure
        }
    }
}
