import GatewayCore
import NIOCore
import ProviderAPIs

/// Reads a stream as it arrives.
enum BedrockReading {
    static let provider = BedrockProvider(region: "eu-central-1")

    /// - Throws: ``ProviderFailure``
    static func events(_ pieces: [[UInt8]]) throws -> [AnswerEvent] {
        var parser = AmazonEventStreamParser()
        var decoder = provider.stream()
        var events: [AnswerEvent] = []
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) { events += try decoder.consume(event) }
        }
        return events + (try decoder.finish())
    }

    static func answer(_ events: [AnswerEvent]) -> Answer? {
        var accumulator = AnswerAccumulator()
        for event in events { accumulator.add(event) }
        return accumulator.answer
    }

    static func failure(_ body: [UInt8]) -> ProviderFailure? {
        do {
            _ = try events([body])
            return nil
        } catch {
            return error as? ProviderFailure
        }
    }
}
