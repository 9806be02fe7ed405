import GatewayCore
import GatewayTesting
import Logging
import NIOCore
import ProviderAPIs
import Routing
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Streams read by other replicas", .timeLimit(.minutes(1)))
struct AwayStreamTests {
    private typealias Fixture = PipelineFixture

    private static let other = ScriptedLeases.token(1)
    private static let streamed = #","stream":true"#
    private static let words = ["Hel", "lo ", "the", "re"]
    private static let stop = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#

    private static func chunk(_ text: String) -> String {
        #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    private static func event(_ data: String) -> SharedPiece {
        SharedPiece(ServerSentEvent(data: ByteBuffer(string: data)))
    }

    private static func parts(_ pieces: [SharedPiece], from first: Int) -> FlightLine {
        var contents = ByteBuffer()
        for piece in pieces { piece.write(to: &contents) }
        return .parts(other, FlightParts(first: first, count: pieces.count, contents: contents))
    }

    private static func last(_ place: Int) -> FlightLine {
        .parts(other, FlightParts(first: place, count: 0, contents: ByteBuffer(), isKept: false))
    }

    /// Of the target that all fixtures have.
    private func opened(_ fixture: Fixture) throws -> SharedPiece {
        let name = try #require(fixture.pipeline.router.deployments.first)
        return .opened(try #require(fixture.pipeline.router.target(name)))
    }

    private func withFleet(
        _ leases: ScriptedLeases,
        script: @escaping ScriptedServer.Script = { try await $0.respond(body: PipelineFixture.answer) },
        _ body: (Fixture) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let fleet = FleetFlights(leases: leases, logger: logger)
        let running = Task { await fleet.run() }
        try await Fixture.run(shares: true, fleet: fleet, script: script, body)
        running.cancel()
        await running.value
    }

    @Test("Who finds another replica streaming asks for the parts and reads them from the first on, and all here with it")
    func follows() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            let asked = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await leases.isWanted(Self.other)
            let late = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.followed(by: 1)
            // What is not the first, what comes twice and what overlaps change nothing.
            leases.tell(Self.parts([Self.event(Self.chunk("no"))], from: 3))
            let first = [try opened(fixture), Self.event(Self.chunk(Self.words[0]))]
            leases.tell(Self.parts(first, from: 0))
            await fixture.read(2)
            leases.tell(Self.parts(first, from: 0))
            leases.tell(Self.parts([first[1]] + Self.words[1...2].map { Self.event(Self.chunk($0)) }, from: 1))
            leases.tell(Self.parts([Self.words[3]].map { Self.event(Self.chunk($0)) }, from: 4))
            leases.tell(Self.parts([Self.event(Self.stop), Self.event("[DONE]")], from: 5))
            leases.tell(Self.last(7))
            for answered in [await asked.value, await late.value] {
                #expect(answered.record.outcome == .coalesced)
                let words = answered.text.components(of: #""content":""#)
                #expect(words == Self.words)
                #expect(answered.text.hasSuffix("data: [DONE]\n\n"))
            }
            #expect(await asked.value.record.sharing == .fleet)
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    @Test("A leader that dies in the middle of its stream: who has sent a part of it gets the error of its dialect")
    func dies() async throws {
        let leases = ScriptedLeases([.held(Self.other, life: .seconds(60))])
        try await withFleet(leases) { fixture in
            let asked = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await leases.isWanted(Self.other)
            leases.tell(Self.parts([try opened(fixture), Self.event(Self.chunk("Hel"))], from: 0))
            let answered = await asked.value
            #expect(answered.text.contains("Hel") && !answered.text.contains("[DONE]"))
            #expect(answered.text.contains("upstream_stream_truncated"))
            #expect(fixture.provider.record.requests.isEmpty)
        }
    }

    @Test("Nothing is told of a stream before another replica wants it; then all of it, and that it is whole")
    func tells() async throws {
        let leases = ScriptedLeases([.granted(Self.other, before: [])])
        let gate = ProceedGate()
        try await withFleet(leases, script: { exchange in
            try await exchange.eventHead()
            for word in Self.words {
                try await gate.wait()
                try await exchange.event(Self.chunk(word))
            }
            for data in [Self.stop, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
        }) { fixture in
            let asked = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            gate.proceed(2)
            await fixture.provider.wait { $0.requests.count == 1 }
            #expect(leases.parts.isEmpty)
            leases.tell(.wanted(Self.other))
            await fixture.followed(by: 1)
            gate.proceed(2)
            #expect(await asked.value.text.hasSuffix("data: [DONE]\n\n"))
            while leases.parts.last?.isKept == nil { try await Task.sleep(for: .milliseconds(1)) }
            #expect(leases.parts.last?.isKept == true)
            var pieces: [SharedPiece] = []
            let router = fixture.pipeline.router
            for parts in leases.parts.dropLast() {
                #expect(parts.first == pieces.count)
                let read = SharedPiece.pieces(in: parts.contents) { router.target($0) }
                pieces += try #require(read)
            }
            #expect(leases.parts.last?.first == pieces.count)
            guard case .opened(let target)? = pieces.first else {
                Issue.record("the target comes first")
                return
            }
            #expect(target.model == "p-m")
            let events = pieces.dropFirst().compactMap { if case .event(let event) = $0 { event } else { nil } }
            #expect(events.prefix(5).map { String(buffer: $0.data) } == Self.words.map(Self.chunk) + [Self.stop])
        }
    }

    @Test("What is damaged, or of a target that is not configured here, is not read")
    func unreadable() throws {
        var contents = ByteBuffer()
        Self.event("{}").write(to: &contents)
        #expect(SharedPiece.pieces(in: contents) { _ in nil }?.count == 1)
        let cut = try #require(contents.getSlice(at: 0, length: contents.readableBytes - 1))
        #expect(SharedPiece.pieces(in: cut) { _ in nil } == nil)
        #expect(SharedPiece.pieces(in: ByteBuffer(bytes: [9])) { _ in nil } == nil)
    }
}

extension String {
    /// What stands behind each `mark`, up to the next quotation mark.
    fileprivate func components(of mark: String) -> [String] {
        split(separator: mark).dropFirst().map { String($0.prefix { $0 != "\"" }) }.filter { !$0.isEmpty }
    }
}
