import GatewayCore
import Logging
import NIOCore
import Testing

@testable import Telemetry

@Suite("The record of the cache's decisions")
struct LookupLineTests {
    private func root(_ record: ExchangeRecord) throws -> JSONElement {
        try JSONDocument(try #require(LookupLine.json(of: record, at: UnixTime(milliseconds: 7)))).root
    }

    @Test("A hit's line says what was served, how like it was, and what it saved; no text stands in it")
    func hit() throws {
        var record = Exchanges.semanticHit()
        record.saved = 1_200
        let root = try root(record)
        #expect(root["id"]?.string == record.requestID.description && root["at"]?.integer == 7)
        #expect(root["action"]?.string == "serve" && root["cost"]?.integer == 1_200)
        #expect(root["route"]?.string == record.route)
        let cosine = try #require(root["cosine"]?.double)
        #expect(abs(Float(cosine) - (record.similarity ?? 0)) < 1e-4)
    }

    @Test("A miss is told from an exploration and from a hit in the shadow; what the guard refuses has no likeness")
    func misses() throws {
        var record = Exchanges.miss { $0.similarity = 0.9 }
        record.missReason = .below
        #expect(try root(record)["action"]?.string == "miss")
        #expect(try root(record)["cosine"]?.double != nil)
        record.missReason = .explored
        #expect(try root(record)["action"]?.string == "explore")
        record.missReason = .guardNumber
        #expect(try root(record)["action"]?.string == "miss")
        #expect(try root(record)["cosine"] == nil)
        record.missReason = .shadow
        #expect(try root(record)["action"]?.string == "serve" && root(record)["shadow"]?.bool == true)
        record.similarity = nil
        #expect(try root(record)["action"]?.string == "exact")
        record.shadow = .hitAlias
        #expect(try root(record)["action"]?.string == "serve")
        for outcome in [CacheOutcome.bypass, .hitStale, .coalesced] {
            record.outcome = outcome
            #expect(LookupLine.json(of: record, at: .now()) == nil)
        }
        record.outcome = .hitAlias
        #expect(try root(record)["action"]?.string == "serve", "not right by construction")
    }

    @Test("A finding's line holds both questions of a wrong answer, cut, and none of a right one")
    func labels() throws {
        let request = RequestID()
        let long = String(repeating: "x", count: 2_000)
        let wrong = LookupLine.json(
            ofLabel: false, request: request, basis: .wrong, share: 0.25, cost: 9, texts: (long, "b"), at: .now())
        let root = try JSONDocument(wrong).root
        #expect(root["label"]?.string == request.description && root["right"]?.bool == false)
        #expect(root["basis"]?.string == "wrong" && root["share"]?.double == 0.25 && root["cost"]?.integer == 9)
        #expect(root["asked"]?.string?.count == 500 && root["stored"]?.string == "b")
        let right = LookupLine.json(
            ofLabel: true, request: request, basis: .rightByJudge, share: 1, cost: 0, texts: nil, at: .now())
        #expect(try JSONDocument(right).root["asked"] == nil)
    }

    @Test("The configured share of requests is recorded, each with all that concerns it")
    func sampling() {
        let requests = (0..<4_000).map { _ in RequestID() }
        for share in [0, 0.1, 0.5, 1] {
            let sampling = LookupSampling(share: share) { _ in }
            let taken = requests.filter(sampling.takes)
            #expect(taken == requests.filter(sampling.takes))
            // Five deviations of a binomial.
            let deviation = (share * (1 - share) / 4_000).squareRoot()
            #expect(abs(Double(taken.count) / 4_000 - share) <= 5 * deviation)
        }
    }

    @Test("Without a record nothing is kept, and counting goes on")
    func off() {
        let registry = PrometheusRegistry()
        let log = CapturedLog()
        let recorder = Recorder(instruments: Instruments(factory: registry), logger: log.logger(level: .info))
        recorder.audited("hit", .wrong)
        recorder.promoted(true)
        recorder.labelled(RequestID(), isRight: true, basis: .rightByJudge, share: 1, cost: 0, texts: nil)
        var text = ByteBuffer()
        registry.writeExposition(into: &text, process: ProcessFigures.current())
        let exposition = String(buffer: text)
        #expect(exposition.contains(#"refrain_cache_audits_total{of="hit",outcome="wrong"} 1"#))
        #expect(exposition.contains(#"refrain_cache_promotions_total{result="made"} 1"#))
    }
}
