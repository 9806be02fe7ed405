import Testing

@testable import MockProvider

@Suite("Statistics", .timeLimit(.minutes(1)))
struct StatisticsTests {
    @Test("Requests are counted by path and over HTTP, control requests are not, and a reset clears all")
    func counted() async throws {
        try await MockFixture.run { mock in
            _ = try await mock.post(MockFixture.body("q"))
            _ = try await mock.post("{}")
            _ = try await mock.get("/v1/models")
            _ = try await mock.get("/elsewhere")
            let stats: StatsWire = try await mock.get("/mock/stats").decoded()
            #expect(stats.requests == 4 && stats.completed == 4)
            #expect(stats.cancelled_by_client == 0 && stats.interrupted == 0 && stats.in_flight == 0)
            #expect(stats.paths.mapValues(\.requests) == ["/v1/chat/completions": 2, "/v1/models": 1, "other": 1])
            #expect(mock.server.statistics.requests == 4)
            let reset = try await mock.exchange("POST /mock/reset HTTP/1.1\r\nhost: m\r\nconnection: close\r\n\r\n")
            #expect(reset.status == 200)
            #expect(mock.server.statistics.total == MockTally())
        }
    }

    @Test("A request begun before a reset is not counted when it ends")
    func resetInFlight() {
        let statistics = MockStatistics()
        let early = statistics.begin(.chatCompletions)
        statistics.reset()
        statistics.end(early, .completed)
        #expect(statistics.total == MockTally())
        let late = statistics.begin(.chatCompletions)
        #expect(late.ordinal == 1 && statistics.total.inFlight == 1)
        statistics.end(late, .interrupted)
        #expect(statistics.total.interrupted == 1 && statistics.total.inFlight == 0)
    }
}
