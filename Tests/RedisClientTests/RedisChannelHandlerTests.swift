import NIOCore
import NIOEmbedded
import Testing

@testable import RedisClient

@Suite("RedisChannelHandler on a channel in memory", .timeLimit(.minutes(1)))
struct RedisChannelHandlerTests {
    private struct Caller: Sendable {
        let call: RedisCall
        let task: Task<RedisReply, any Error>
    }

    /// A connection in memory, past its handshake.
    private struct Fixture {
        let channel = NIOAsyncTestingChannel()
        let connection: RedisConnection

        init(limit: Int = 100) async throws {
            var configuration = RedisClientConfiguration()
            configuration.clientName = nil
            configuration.commandTimeout = .milliseconds(25)
            configuration.stalledAfterTimeouts = 4
            let settings = configuration
            let (channel, loop) = (channel, channel.testingEventLoop)
            let connecting = try await loop.executeInContext {
                let handler = try RedisChannelHandler(configuration: settings)
                try channel.pipeline.syncOperations.addHandler(handler)
                return try RedisConnection.wrap(channel, handler, limit: limit)
            }
            try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 6_379)).get()
            let greeting = try await channel.readOutbound(as: ByteBuffer.self)
            #expect(greeting == ByteBuffer(string: "*1\r\n$4\r\nPING\r\n"))
            try await channel.writeInbound(ByteBuffer(string: "+PONG\r\n"))
            connection = try await connecting.get()
        }

        func advance(_ milliseconds: Int64) async {
            await channel.testingEventLoop.advanceTime(by: .milliseconds(milliseconds))
        }

        func receive(_ text: String) async throws {
            try await channel.writeInbound(ByteBuffer(string: text))
        }

        /// A caller that waits for `ECHO number`, not submitted yet.
        func caller(_ number: Int, due milliseconds: Int64 = 25) async -> Caller {
            let deadline = channel.testingEventLoop.now + .milliseconds(milliseconds)
            let call = RedisCall(.command(RedisCommand("ECHO", .integer(number))), deadline: deadline)
            let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
            let task = Task { try await call.outcome { _ in isWaiting.finish() }.get() }
            for await _ in waiting {}
            return Caller(call: call, task: task)
        }

        /// Submits the callers and runs `after`, all before the event loop can do anything else.
        func submit(_ callers: Caller..., after: @escaping @Sendable () -> Void = {}) async throws {
            try await submit(callers, after: after)
        }

        func submit(_ callers: [Caller], after: @escaping @Sendable () -> Void = {}) async throws {
            let connection = connection
            try await channel.testingEventLoop.executeInContext {
                for caller in callers {
                    if let error = connection.submit(caller.call) { caller.call.settle(.failure(error)) }
                }
                after()
            }
            await channel.testingEventLoop.run()
        }

        func writes() async throws -> [String] {
            var all: [String] = []
            while let buffer = try await channel.readOutbound(as: ByteBuffer.self) {
                all.append(String(buffer: buffer))
            }
            return all
        }
    }

    private func error(_ caller: Caller) async -> RedisError? {
        if case .failure(let error) = await caller.task.result { error as? RedisError } else { nil }
    }

    @Test("All commands of one tick leave in one write")
    func oneWrite() async throws {
        let fixture = try await Fixture()
        var callers: [Caller] = []
        for number in 0..<9 { callers.append(await fixture.caller(number)) }
        try await fixture.submit(callers)
        let writes = try await fixture.writes()
        #expect(writes == [(0..<9).map { "*2\r\n$4\r\nECHO\r\n$1\r\n\($0)\r\n" }.joined()])
        try await fixture.receive((0..<9).map { ":\($0)\r\n" }.joined())
        for (number, caller) in callers.enumerated() {
            #expect(try await caller.task.value == .integer(Int64(number)))
        }
    }

    @Test("A command that times out fails its caller; its late reply goes to nobody else")
    func timeout() async throws {
        let fixture = try await Fixture()
        let (late, next) = (await fixture.caller(1), await fixture.caller(2, due: 100))
        try await fixture.submit(late)
        await fixture.advance(25)
        #expect(await error(late)?.code == .timeout)
        try await fixture.submit(next)
        try await fixture.receive(":1\r\n:2\r\n")
        #expect(try await next.task.value == .integer(2))
        #expect(fixture.connection.isOpen)
    }

    @Test("A command that waited past its time limit before its tick is not sent")
    func lateTick() async throws {
        let fixture = try await Fixture()
        let late = await fixture.caller(1)
        await fixture.advance(25)
        try await fixture.submit(late)
        #expect(await error(late)?.code == .timeout)
        #expect(await error(late)?.mayHaveExecuted == false)
        #expect(try await fixture.writes() == [])
    }

    @Test("A cancelled caller fails at once; before its tick nothing is sent for it")
    func cancellation() async throws {
        let fixture = try await Fixture()
        let (unsent, sent, next) = (await fixture.caller(1), await fixture.caller(2), await fixture.caller(3))
        try await fixture.submit(unsent, sent) { unsent.task.cancel() }
        #expect(await error(unsent)?.code == .cancelled)
        #expect(try await fixture.writes() == ["*2\r\n$4\r\nECHO\r\n$1\r\n2\r\n"])
        sent.task.cancel()
        #expect(await error(sent)?.code == .cancelled)
        try await fixture.submit(next)
        try await fixture.receive(":2\r\n:3\r\n")
        #expect(try await next.task.value == .integer(3))
    }

    @Test("A task that is cancelled already gets no further than the call")
    func cancelledBefore() async throws {
        let call = RedisCall(.command(RedisCommand("PING")), deadline: .distantFuture)
        let task = Task {
            try? await Task.sleep(for: .seconds(3_600))
            return await call.outcome { _ in Issue.record("submitted") }
        }
        task.cancel()
        #expect(await task.value == .failure(.cancelled))
    }

    @Test("Silence after a timeout closes the connection after the stall limit, and not before")
    func stall() async throws {
        let fixture = try await Fixture()
        let (first, waiting) = (await fixture.caller(1), await fixture.caller(2, due: 5_000))
        try await fixture.submit(first)
        await fixture.advance(25)
        #expect(await error(first)?.code == .timeout)
        try await fixture.submit(waiting)
        await fixture.advance(99)
        #expect(fixture.connection.isOpen)
        await fixture.advance(1)
        #expect(await error(waiting)?.code == .connectionLost)
        #expect(!fixture.connection.isOpen)
        let late = await fixture.caller(3)
        try await fixture.submit(late)
        #expect(await error(late)?.code == .unavailable)
    }

    @Test(
        "Bytes that are no replies close the connection and fail whoever waits",
        arguments: ["HTTP/1.1\r\n", "*9\r\n*?\r\n"])
    func garbage(text: String) async throws {
        let fixture = try await Fixture()
        let waiting = await fixture.caller(1)
        try await fixture.submit(waiting)
        try await fixture.receive(text)
        #expect(await error(waiting)?.code == .protocolViolation)
        #expect(!fixture.connection.isOpen)
    }

    @Test("More commands than the bound are refused, and places come free with the replies")
    func bound() async throws {
        let fixture = try await Fixture(limit: 2)
        var callers: [Caller] = []
        for number in 0..<5 { callers.append(await fixture.caller(number)) }
        try await fixture.submit(callers[0], callers[1], callers[2])
        #expect(await error(callers[2])?.code == .queueFull)
        try await fixture.submit(callers[3])
        #expect(await error(callers[3])?.code == .queueFull)
        try await fixture.receive(":0\r\n")
        try await fixture.submit(callers[4])
        try await fixture.receive(":1\r\n:4\r\n")
        for number in [0, 1, 4] { #expect(try await callers[number].task.value == .integer(Int64(number))) }
    }

    @Test("A closed connection fails those who wait, and says of each whether its command may have run")
    func lost() async throws {
        let fixture = try await Fixture()
        let (sent, unsent) = (await fixture.caller(1), await fixture.caller(2))
        let channel = fixture.channel
        try await fixture.submit(sent)
        try await fixture.submit(unsent) { channel.close(promise: nil) }
        #expect(await error(sent)?.code == .connectionLost)
        #expect(await error(sent)?.mayHaveExecuted == true)
        #expect(await error(unsent)?.code == .unavailable)
        #expect(await error(unsent)?.mayHaveExecuted == false)
    }
}
