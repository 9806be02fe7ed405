import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import SemanticCache
import Testing

@testable import Pipeline

@Suite("Shared calls that fail", .timeLimit(.minutes(1)))
struct CoalescedFailureTests {
    private typealias Fixture = PipelineFixture

    private static let first = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}]}"#

    /// A hundred equal questions at once, all under way before the provider answers any.
    private func hundred(_ fixture: Fixture, _ gate: ProceedGate) async -> [ExchangeRecord] {
        await withTaskGroup(of: ExchangeRecord.self) { group in
            for _ in 0..<100 { group.addTask { await fixture.ask(Fixture.body("0 a")).record } }
            await fixture.followed(by: 99)
            gate.proceed(1000)
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("When every call fails, a hundred requests make two, and all are told so")
    func allFail() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: { exchange in
            try await gate.wait()
            try await exchange.respond(400, body: #"{"error":{"message":"no","type":"invalid_request_error"}}"#)
        }) { fixture in
            // The request is at fault: nobody needs to try again.
            let records = await hundred(fixture, gate)
            #expect(records.allSatisfy { $0.status == 400 })
            #expect(fixture.provider.record.requests.count == 1)
        }
        let second = ProceedGate()
        try await Fixture.run(shares: true, script: { exchange in
            try await second.wait()
            try await exchange.respond(500, body: "{}")
        }) { fixture in
            let records = await hundred(fixture, second)
            #expect(records.allSatisfy { $0.status == 502 })
            let calls = records.reduce(0) { $0 + $1.attempts.count }
            #expect(records.count { !$0.attempts.isEmpty } == 2)
            #expect(fixture.provider.record.requests.count == calls)
        }
    }

    @Test("Who differs in what is no part of the question is not refused for what another said there")
    func incidentals() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: { exchange in
            try await gate.wait()
            if String(decoding: exchange.request.body, as: UTF8.self).contains("bad") {
                return try await exchange.respond(
                    400, body: #"{"error":{"message":"no","type":"invalid_request_error"}}"#)
            }
            try await exchange.respond(body: Fixture.answer)
        }) { fixture in
            let (bad, good) = (#","user":"bad""#, #","user":"good""#)
            async let first = fixture.ask(Fixture.body("0 a", more: bad))
            await fixture.provider.wait { $0.requests.count == 1 }
            async let same = fixture.ask(Fixture.body("0 a", more: bad))
            async let second = fixture.ask(Fixture.body("0 a", more: good))
            async let third = fixture.ask(Fixture.body("0 a", more: good))
            await fixture.followed(by: 3)
            gate.proceed(2)
            #expect(await first.record.status == 400)
            #expect(await same.record.status == 400)
            #expect(await second.text == Fixture.answer)
            #expect(await third.text == Fixture.answer)
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test("A key that the provider refuses is no fault of the request's: one more tries, then all are told so")
    func keyRefused() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: { exchange in
            try await gate.wait()
            try await exchange.respond(401, body: #"{"error":{"message":"no","type":"invalid_request_error"}}"#)
        }) { fixture in
            let records = await hundred(fixture, gate)
            #expect(records.allSatisfy { $0.status == 502 || $0.status == 503 })
            #expect(fixture.provider.record.requests.count <= 2)
            #expect(fixture.pipeline.coalescing?.counts == FlightCounts())
        }
    }

    @Test("A leader whose own time is over leaves the call to who has more")
    func leaderLate() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: { exchange in
            try await gate.wait()
            try await exchange.respond(body: Fixture.answer)
        }) { fixture in
            async let hasty = fixture.ask(Fixture.body("0 a")) { $0.timeout = .milliseconds(300) }
            await fixture.provider.wait { $0.requests.count == 1 }
            async let patient = fixture.ask(Fixture.body("0 a"))
            async let other = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 2)
            #expect(await hasty.record.status == 504)
            await fixture.provider.wait { $0.requests.count == 2 }
            gate.proceed(2)
            let records = [await patient.record, await other.record]
            #expect(records.allSatisfy { $0.status == 200 })
            #expect(Set(records.map(\.sharing)) == [.promoted, .process])
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test("When the first call fails, one of those who wait makes the next, and the others get its answer")
    func promoted() async throws {
        let gate = ProceedGate()
        let isFirst = NIOLockedValueBox(true)
        try await Fixture.run(shares: true, script: { exchange in
            try await gate.wait()
            let fails = isFirst.withLockedValue { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if fails { return try await exchange.respond(500, body: "{}") }
            try await exchange.respond(body: Fixture.answer)
        }) { fixture in
            let records = await hundred(fixture, gate)
            let failed = records.filter { $0.status != 200 }
            #expect(failed.count == 1)
            #expect(records.count { $0.sharing == .promoted } == 1)
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test("After the first part who has sent it is told of the break; who has not gets the next call's answer")
    func midStream() async throws {
        let (begin, end) = (ProceedGate(), ProceedGate())
        let isFirst = NIOLockedValueBox(true)
        try await Fixture.run(shares: true, script: { exchange in
            let breaks = isFirst.withLockedValue { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            guard breaks else { return try await exchange.respond(body: Fixture.answer) }
            try await exchange.eventHead()
            try await exchange.event(Self.first)
            try await begin.wait()
            try await end.wait()
            try await exchange.reset()
        }) { fixture in
            let streamed = Fixture.body("0 a", more: #","stream":true"#)
            async let leader = fixture.ask(streamed)
            await fixture.provider.wait { $0.requests.count == 1 }
            async let reader = fixture.ask(streamed)
            async let whole = fixture.ask(Fixture.body("0 a"))
            await fixture.followed(by: 2)
            begin.proceed()
            // The reader has sent the first part when it waits for the second.
            await fixture.read(1)
            end.proceed()
            for text in [await leader.text, await reader.text] {
                #expect(text.contains("upstream_stream_truncated") && !text.contains("[DONE]"))
                #expect(text.hasPrefix("data: \(Self.first)\n\n"))
            }
            let answered = await whole
            #expect(answered.text == Fixture.answer && answered.record.sharing == .promoted)
            #expect(fixture.provider.record.requests.count == 2)
        }
    }
}

extension PipelineFixture {
    /// Waits until so many have begun to answer from another's stream.
    func read(_ count: Int) async {
        while pipeline.coalescing?.counts.committed != count { try? await Task.sleep(for: .milliseconds(1)) }
    }
}
