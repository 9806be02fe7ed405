import GatewayCore
import GatewayTesting
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Pipeline

@Suite("Streams that are shared", .timeLimit(.minutes(1)))
struct CoalescedStreamTests {
    private typealias Fixture = PipelineFixture

    private static let parts = ["Hel", "lo ", "the", "re"]
    private static let streamed = #","stream":true"#
    private static let usage = #","stream":true,"stream_options":{"include_usage":true}"#

    private static func chunk(_ text: String) -> String {
        #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}]}"#
    }

    private static let stop = #"{"id":"1","created":1,"model":"served","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
    private static let count = #"{"id":"1","created":1,"model":"served","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#

    /// One part for each time that the gate opens, then the rest.
    private static func script(_ gate: ProceedGate) -> ScriptedServer.Script {
        { exchange in
            try await exchange.eventHead()
            for part in parts {
                try await gate.wait()
                try await exchange.event(chunk(part))
            }
            for data in [stop, count, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
        }
    }

    @Test("Whenever a follower comes, and whatever it speaks, it gets the whole answer in its own form")
    func followers() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.script(gate)) { fixture in
            let leader = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.provider.wait { $0.requests.count == 1 }
            let early = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.followed(by: 1)
            gate.proceed(2)
            await fixture.read(1)
            let late = Task { await fixture.ask(Fixture.body("0 a", more: Self.usage)) }
            let json = Task { await fixture.ask(Fixture.body("0 a")) }
            await fixture.followed(by: 3)
            gate.proceed(2)
            let (first, second) = (await leader.value, await early.value)
            #expect(first.record.outcome == .miss && first.text.hasSuffix("data: [DONE]\n\n"))
            #expect(second.text == first.text)
            #expect(second.record.outcome == .coalesced && second.record.usage?.completionTokens == 4)
            // Who asked for the usage gets it, who did not does not.
            let third = await late.value
            #expect(!first.text.contains("total_tokens") && third.text.contains(#""total_tokens":7"#))
            let whole = await json.value
            let stored = try JSONDocument(whole.text).root
            let choice = stored["choices"]?.elements.map { $0 }.first
            #expect(choice?["message"]?["content"]?.string == "Hello there")
            #expect(fixture.provider.record.requests.count == 1)
        }
    }

    @Test("A client of another dialect follows in its own")
    func dialects() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.script(gate)) { fixture in
            let question = #"{"model":"m","max_tokens":64,"messages":[{"role":"user","content":"0 a"}],"stream":true}"#
            let leader = Task { await fixture.ask(question, api: .messages) }
            await fixture.provider.wait { $0.requests.count == 1 }
            let same = Task { await fixture.ask(question, api: .messages) }
            await fixture.followed(by: 1)
            gate.proceed(4)
            let (first, second) = (await leader.value, await same.value)
            #expect(first.text.contains("message_stop") && second.text.contains("message_stop"))
            for part in Self.parts { #expect(second.text.contains("\"\(part)\"")) }
            #expect(second.record.outcome == .coalesced)
            #expect(fixture.provider.record.requests.count == 1)
        }
    }

    @Test("A leader with less time than its followers breaks off no stream of theirs")
    func leaderLate() async throws {
        let gate = ProceedGate()
        let isFirst = NIOLockedValueBox(true)
        try await Fixture.run(shares: true, script: { exchange in
            let hangs = isFirst.withLockedValue { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            guard hangs else { return try await Self.script(gate)(exchange) }
            try await exchange.eventHead()
            try await exchange.event(Self.chunk(Self.parts[0]))
            try await exchange.silence()
        }) { fixture in
            let hasty = Task {
                await fixture.ask(Fixture.body("0 a", more: Self.streamed)) { $0.timeout = .seconds(2) }
            }
            await fixture.provider.wait { $0.requests.count == 1 }
            let patient = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.followed(by: 1)
            gate.proceed(4)
            #expect(await hasty.value.text.contains("provider_timeout"))
            let answered = await patient.value
            #expect(answered.record.sharing == .promoted && answered.text.hasSuffix("data: [DONE]\n\n"))
            for part in Self.parts { #expect(answered.text.contains("\"\(part)\"")) }
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test("Of a stream whose end nothing proves those who want it whole get the answer of one more call")
    func unproven() async throws {
        let gate = ProceedGate()
        let isFirst = NIOLockedValueBox(true)
        try await Fixture.run(shares: true, script: { exchange in
            let isOpen = isFirst.withLockedValue { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            guard isOpen else { return try await exchange.respond(body: Fixture.answer) }
            try await exchange.head(headers: [("content-type", "text/event-stream")])
            try await exchange.write("data: \(Self.chunk("a"))\n\n")
            try await gate.wait()
            try await exchange.write("data: \(Self.stop)\n\n")
            try await exchange.close()
        }) { fixture in
            let leader = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.provider.wait { $0.requests.count == 1 }
            let records = await withTaskGroup(of: ExchangeRecord.self) { group in
                for _ in 0..<20 { group.addTask { await fixture.ask(Fixture.body("0 a")).record } }
                await fixture.followed(by: 20)
                gate.proceed()
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(await leader.value.text.hasSuffix("data: [DONE]\n\n"))
            #expect(records.allSatisfy { $0.status == 200 })
            #expect(records.count { $0.sharing == .promoted } == 1)
            #expect(fixture.provider.record.requests.count == 2)
        }
    }

    @Test("A leader whose client reads nothing holds nobody up, and gets and records all the same", arguments: [false, true])
    func leaderStands(isFollowedFirst: Bool) async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.script(gate)) { fixture in
            let body = Fixture.body("0 a", more: Self.streamed)
            let leading = Task { await fixture.replied(to: body) { _ in } }
            await fixture.provider.wait { $0.requests.count == 1 }
            if !isFollowedFirst {
                gate.proceed()
                _ = await leading.value
            }
            let follower = Task { await fixture.ask(body) }
            await fixture.followed(by: 1)
            gate.proceed(4)
            let reply = await leading.value
            let text = await follower.value.text
            #expect(text.hasSuffix("data: [DONE]\n\n"))
            #expect(await reply.text() == text)
            await reply.exchange.finish(isClientGone: false)
            let record = reply.exchange.record
            #expect(record.usage?.completionTokens == 4 && record.write == .stored && record.errorCode == nil)
            #expect(fixture.recorded == 2 && fixture.store.saves == 1)
        }
    }

    @Test("A leader whose client leaves too much unread ends with an error; the call goes on for the others")
    func leaderCut() async throws {
        let gate = ProceedGate()
        let count = 20
        let long = String(repeating: "x", count: 64 << 10)
        try await Fixture.run(shares: true, script: { exchange in
            try await exchange.eventHead()
            for _ in 0..<count {
                try await gate.wait()
                try await exchange.event(Self.chunk(long))
            }
            for data in [Self.stop, "[DONE]"] { try await exchange.event(data) }
            try await exchange.endChunks()
        }) { fixture in
            let body = Fixture.body("0 a", more: Self.streamed)
            let leading = Task { await fixture.replied(to: body) { _ in } }
            await fixture.provider.wait { $0.requests.count == 1 }
            let following = Task { await fixture.replied(to: body) { _ in } }
            await fixture.followed(by: 1)
            gate.proceed()
            let (reply, followed) = (await leading.value, await following.value)
            guard case .stream(let stream) = followed.body else {
                Issue.record("expected a stream")
                return
            }
            // It reads each part before the next comes.
            for _ in 1..<count {
                #expect(await stream.next() != nil)
                gate.proceed()
            }
            var last = ""
            while let frame = await stream.next() { last = String(buffer: frame) }
            #expect(last.hasSuffix("data: [DONE]\n\n"))
            let text = await reply.text()
            #expect(text.contains("upstream_stream_truncated") && !text.contains("[DONE]"))
            await reply.exchange.finish(isClientGone: false)
            let record = reply.exchange.record
            #expect(record.errorCode == .streamTruncated && record.attempts.map(\.result) == ["ok"])
            #expect(record.write != .notFinished && record.write != nil)
            await followed.exchange.finish(isClientGone: false)
            #expect(fixture.recorded == 2)
        }
    }

    @Test("A leader that goes away in mid-stream leaves the stream to those who follow it")
    func leaderLeaves() async throws {
        let gate = ProceedGate()
        try await Fixture.run(shares: true, script: Self.script(gate)) { fixture in
            let client = LeavingClient()
            let leaving = Task {
                let exchange = Exchange(recorder: fixture.pipeline.recorder, client: client)
                let reply = await fixture.pipeline.respond(
                    to: ByteBuffer(string: Fixture.body("0 a", more: Self.streamed)), headers: CallerHeaders(),
                    scope: CacheScope(tenant: TenantID("acme")), exchange: exchange)
                guard case .stream(let stream) = reply.body else { return false }
                _ = await stream.next()
                client.leave()
                await stream.abandon()
                return true
            }
            await fixture.provider.wait { $0.requests.count == 1 }
            let follower = Task { await fixture.ask(Fixture.body("0 a", more: Self.streamed)) }
            await fixture.followed(by: 1)
            gate.proceed(4)
            let text = await follower.value.text
            for part in Self.parts { #expect(text.contains("\"\(part)\"")) }
            #expect(text.hasSuffix("data: [DONE]\n\n"))
            #expect(await leaving.value)
            #expect(fixture.provider.record.peerCloses == 0)
        }
    }
}
