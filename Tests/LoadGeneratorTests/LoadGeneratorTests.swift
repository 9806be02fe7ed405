import GatewayTesting
import LoadGenerator
import Logging
import MockProvider
import NIOCore
import NIOPosix
import Testing

@Suite struct LoadGeneratorTests {
    private let generator = LoadGenerator(group: MultiThreadedEventLoopGroup.singleton)

    private func withMock(
        _ configure: (inout MockProviderConfiguration) -> Void = { _ in },
        _ test: (MockProviderServer, LoadTarget) async throws -> Void
    ) async throws {
        var configuration = MockProviderConfiguration()
        configure(&configuration)
        let server = MockProviderServer(configuration: configuration, logger: Logger(label: "load-tests"))
        do {
            try await test(server, LoadTarget(port: try await server.start()))
        } catch {
            await server.shutdown()
            throw error
        }
        await server.shutdown()
    }

    private static func chat(
        _ target: LoadTarget, stream: Bool = false, _ knobs: [(String, String)] = []
    ) -> ByteBuffer {
        let body = #"{"model":"m","stream":\#(stream),"messages":[{"role":"user","content":"hello"}]}"#
        return HTTPRequestBytes.post(
            body, path: "/v1/chat/completions", to: target, headers: knobs.map { (name: $0.0, value: $0.1) })
    }

    @Test("A closed loop counts exactly the requests the server answered", arguments: [1, 7])
    func closedLoop(connections: Int) async throws {
        try await withMock { server, target in
            let report = try await generator.run(
                LoadPlan(.closed(connections: connections), for: .milliseconds(100)), against: target
            ) { Self.chat(target) }
            #expect(report.isValid, "\(report.firstFailure ?? "")")
            #expect(report.completed >= connections)
            #expect(report.latency.count == report.completed)
            #expect(server.statistics.requests == report.completed)
            #expect(report.firstByte.p50 <= report.latency.max)
        }
    }

    @Test("Streams are read to their end, and the gaps between their frames are those the server made")
    func streams() async throws {
        try await withMock { _, target in
            let report = try await generator.run(
                LoadPlan(.closed(connections: 2), for: .milliseconds(50)), against: target
            ) {
                Self.chat(target, stream: true, [("x-mock-token-ms", "5"), ("x-mock-answer-tokens", "8")])
            }
            #expect(report.isValid, "\(report.firstFailure ?? "")")
            #expect(report.gaps.count >= report.completed)
            #expect(report.latency.p50 >= .milliseconds(40), "eight tokens of 5 ms each")
        }
    }

    @Test("Frames that say when they were sent tell how long they were on their way, and only to those who ask")
    func transit() async throws {
        try await withMock { _, target in
            for readsStamps in [true, false] {
                var plan = LoadPlan(.closed(connections: 1), for: .milliseconds(50))
                plan.requestLimit = 1
                plan.readsStamps = readsStamps
                let report = try await generator.run(plan, against: target) {
                    Self.chat(
                        target, stream: true,
                        [
                            ("x-mock-token-ms", "2"), ("x-mock-stamp-frames", "true"),
                            ("x-mock-answer", "\(MockStamp.blank) \(MockStamp.blank) \(MockStamp.blank)"),
                        ])
                }
                #expect(report.isValid, "\(report.firstFailure ?? "")")
                #expect(report.transit.count == (readsStamps ? 3 : 0))
                #expect(report.transit.max <= report.latency.max)
            }
        }
    }

    @Test("A status that is no success and a header that is not the expected one are failures")
    func failures() async throws {
        try await withMock { _, target in
            let failing = try await generator.run(
                LoadPlan(.closed(connections: 1), for: .milliseconds(20)), against: target
            ) {
                Self.chat(target, [("x-mock-status", "503")])
            }
            #expect(!failing.isValid)
            #expect(failing.completed == 0)
            #expect(failing.firstFailure == "status 503")
            let unexpected = try await generator.run(
                LoadPlan(.closed(connections: 1), for: .milliseconds(20), expecting: ("x-refrain-cache", "miss")),
                against: target
            ) { Self.chat(target) }
            #expect(unexpected.firstFailure == "expected x-refrain-cache: miss, found none")
        }
    }

    @Test("A connection that is cut fails the request on it and the run still ends")
    func cutConnections() async throws {
        try await withMock { _, target in
            let report = try await generator.run(
                LoadPlan(.closed(connections: 3), for: .milliseconds(50)), against: target
            ) {
                Self.chat(target, stream: true, [("x-mock-cut-after-frames", "2")])
            }
            #expect(report.failures == 3)
            #expect(report.completed == 0)
        }
    }

    @Test("Requests that get no answer have failed when the grace is over")
    func silence() async throws {
        try await withMock { _, target in
            var plan = LoadPlan(.closed(connections: 2), for: .milliseconds(20))
            plan.grace = .milliseconds(30)
            let report = try await generator.run(plan, against: target) {
                Self.chat(target, stream: true, [("x-mock-stall-after-frames", "1")])
            }
            #expect(report.failures == 2)
        }
    }

    @Test("An open loop sends what is due and counts the wait for a connection as latency")
    func openLoop() async throws {
        try await withMock { server, target in
            // One connection and 10 ms an answer serve 100 a second; 200 are due, so the last waits for half the time.
            let plan = LoadPlan(.open(requestsPerSecond: 200, connections: 1), for: .milliseconds(200))
            let report = try await generator.run(plan, against: target) {
                Self.chat(target, [("x-mock-latency-ms", "10")])
            }
            #expect(report.isValid, "\(report.firstFailure ?? "")")
            #expect(report.completed == 40)
            #expect(server.statistics.requests == 40)
            #expect(report.latency.max >= .milliseconds(180), "40 answers of 10 ms, the last due after 195 ms")
        }
    }

    @Test(
        "No more requests are sent than the plan allows, and the run ends with the last answer",
        arguments: [
            LoadPlan.Pace.closed(connections: 3), .closed(connections: 64),
            .open(requestsPerSecond: 20_000, connections: 2),
        ])
    func requestLimit(pace: LoadPlan.Pace) async throws {
        try await withMock { server, target in
            var plan = LoadPlan(pace, for: .seconds(60))
            plan.requestLimit = 25
            let report = try await generator.run(plan, against: target) { Self.chat(target) }
            #expect(report.isValid, "\(report.firstFailure ?? "")")
            #expect(report.completed == 25)
            #expect(server.statistics.requests == 25)
        }
    }

    @Test("A plan that cannot run and a port where nobody listens are refused")
    func refused() async throws {
        let closed = LoadTarget(port: 1)
        var empty = LoadPlan(.closed(connections: 1), for: .seconds(1))
        empty.requestLimit = 0
        for plan in [
            empty, LoadPlan(.closed(connections: 0), for: .seconds(1)), LoadPlan(.closed(connections: 1), for: .zero),
            LoadPlan(.open(requestsPerSecond: 0, connections: 1), for: .seconds(1)),
            LoadPlan(.open(requestsPerSecond: .nan, connections: 1), for: .seconds(1)),
        ] {
            let error = await #expect(throws: LoadError.self) {
                _ = try await generator.run(plan, against: closed) { ByteBuffer() }
            }
            #expect(error?.code == .invalidPlan)
        }
        let error = await #expect(throws: LoadError.self) {
            _ = try await generator.run(LoadPlan(.closed(connections: 2), for: .seconds(1)), against: closed) {
                ByteBuffer()
            }
        }
        #expect(error?.code == .cannotConnect)
    }
}
