import GatewayCore
import Logging
import Testing

@testable import Telemetry

@Suite("Recorder: log line")
struct RecorderLogTests {
    private func events(_ record: ExchangeRecord, level: Logger.Level = .trace) -> [LogEvent] {
        let log = CapturedLog()
        let instruments = Instruments(factory: PrometheusRegistry())
        Recorder(instruments: instruments, logger: log.logger(level: level)).record(record)
        return log.events
    }

    @Test(
        "Failures and clients that went away are logged at info, the rest at debug",
        arguments: [
            (200, false, Logger.Level.debug), (429, false, .debug), (499, false, .debug), (500, false, .info),
            (504, false, .info), (200, true, .info), (0, true, .info),
        ])
    func level(status: Int, isClientGone: Bool, expected: Logger.Level) {
        let events = events(Exchanges.record { $0.status = status; $0.isClientGone = isClientGone })
        #expect(events.map(\.level) == [expected])
    }

    @Test("A logger at info writes no line for an answer that went well")
    func quiet() {
        #expect(events(Exchanges.semanticHit(), level: .info).isEmpty)
        #expect(events(Exchanges.miss { $0.status = 502 }, level: .info).count == 1)
    }

    @Test("The line of a miss names all that is known of it under the agreed keys")
    func missFields() throws {
        let record = Exchanges.miss { $0.status = 502; $0.errorCode = .providerFailed }
        let event = try #require(events(record).first)
        #expect(event.message.description == "exchange ended")
        let fields = try #require(event.metadata).mapValues(\.description)
        #expect(
            fields == [
                "request_id": record.requestID.description, "status": "502", "stream": "false", "duration_ms": "12.000",
                "overhead_ms": "0.350", "tenant": "acme", "route": "gpt-4o", "outcome": "miss", "miss_reason": "below",
                "error": "provider_failed", "similarity": "0.5000", "resolved_model": "gpt-4o-2024-08-06",
                "prompt_tokens": "100", "completion_tokens": "200", "cache_write": "stored", "attempts": "2",
                "deployment": "west", "result": "ok",
            ])
    }

    @Test("The line of a request that was refused at the door names nothing that is not known")
    func bareFields() throws {
        let record = Exchanges.record { $0.route = nil; $0.tenant = nil; $0.status = 401; $0.isClientGone = true }
        let fields = try #require(events(record).first?.metadata)
        #expect(
            Set(fields.keys) == ["request_id", "status", "stream", "duration_ms", "overhead_ms", "client_gone"])
    }

    @Test("A provider's model name cannot make a line long")
    func longName() throws {
        let record = Exchanges.miss { $0.resolvedModel = String(repeating: "x", count: 100_000) }
        #expect(try #require(events(record).first?.metadata)["resolved_model"]?.description.count == 128)
    }
}
