import GatewayCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Telemetry

@Suite("Recorded choices")
struct DecisionLineTests {
    private static let decision = #"{"model":"auto","candidates":[]}"#

    private static func chosen(_ change: (inout ExchangeRecord) -> Void = { _ in }) -> ExchangeRecord {
        Exchanges.miss {
            $0.decision = decision
            $0.attempts[1].cost = 12
            change(&$0)
        }
    }

    @Test("A line holds the choice as it was, what the attempts came to, tokens, cost and time")
    func line() throws {
        let json = try #require(DecisionLine.json(of: Self.chosen(), at: UnixTime(milliseconds: 7)))
        let root = try JSONDocument(json).root
        #expect(root["at"]?.integer == 7)
        #expect(root["tenant"]?.string == "acme" && root["route"]?.string == "gpt-4o")
        #expect(root["attempts"]?.elements.map { $0["r"]?.string } == ["status_429", "ok"])
        #expect(root["pt"]?.integer == 100 && root["ct"]?.integer == 200)
        #expect(root["cost"]?.integer == 12 && root["ms"]?.integer == 740)
        #expect(root["decision"].map { String(buffer: $0.rawText) } == Self.decision)
        #expect(!String(buffer: json).contains("\n"))
    }

    @Test("Why each target was asked stands in a line, and how often there was no room")
    func reasons() throws {
        let record = Self.chosen {
            $0.attempts[0].reason = "failing"
            $0.picks = [.denied, .granted, .denied]
        }
        let root = try JSONDocument(try #require(DecisionLine.json(of: record, at: .now()))).root
        #expect(root["attempts"]?.elements.map { $0["y"]?.string } == ["failing", nil])
        #expect(root["denied"]?.integer == 2)
        let plain = try #require(DecisionLine.json(of: Self.chosen { $0.picks = [.granted] }, at: .now()))
        #expect(try JSONDocument(plain).root["denied"] == nil)
    }

    @Test("The parts of the tokens are in a line where they are not plain")
    func parts() throws {
        let usage = TokenUsage(inputUncached: 1, cacheRead: 2, outputText: 3)
        let json = try #require(DecisionLine.json(of: Self.chosen { $0.usage = usage }, at: .now()))
        let root = try JSONDocument(json).root
        #expect(root["pt"]?.integer == 3 && root["ct"]?.integer == 3)
        #expect(root["parts"]?.elements.map { $0.integer } == [1, 2, 0, 0, 0, 3, 0, 0])
        let plain = try #require(DecisionLine.json(of: Self.chosen(), at: .now()))
        #expect(try JSONDocument(plain).root["parts"] == nil)
    }

    @Test("What has no choice has no line, and who keeps none is handed none")
    func none() {
        #expect(DecisionLine.json(of: Exchanges.semanticHit(), at: .now()) == nil)
        let kept = NIOLockedValueBox<[String]>([])
        let instruments = Instruments(factory: PrometheusRegistry())
        let recorder = Recorder(instruments: instruments, logger: CapturedLog().logger(level: .info)) { line in
            kept.withLockedValue { $0.append(String(buffer: line)) }
        }
        recorder.record(Exchanges.semanticHit())
        recorder.record(Self.chosen())
        #expect(kept.withLockedValue { $0.count } == 1)
    }

    @Test("Choices are wanted where they are kept or logged, and nowhere else")
    func wanted() {
        let instruments = Instruments(factory: PrometheusRegistry())
        let quiet = CapturedLog().logger(level: .info), chatty = CapturedLog().logger(level: .debug)
        #expect(!Recorder(instruments: instruments, logger: quiet).wantsDecisions)
        #expect(Recorder(instruments: instruments, logger: quiet, decisions: { _ in }).wantsDecisions)
        #expect(Recorder(instruments: instruments, logger: chatty).wantsDecisions)
    }

    @Test("The log line has the choice at debug alone")
    func logged() throws {
        for (level, isThere) in [(Logger.Level.debug, true), (.info, false)] {
            let log = CapturedLog()
            let recorder = Recorder(
                instruments: Instruments(factory: PrometheusRegistry()), logger: log.logger(level: level))
            recorder.record(Self.chosen { $0.status = 502 })
            let event = try #require(log.events.first)
            #expect((event.metadata?["decision"] != nil) == isThere)
        }
    }
}
