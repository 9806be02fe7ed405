import GatewayCore
import NIOConcurrencyHelpers
import Testing

@testable import Routing

@Suite("The link to the fleet", .timeLimit(.minutes(1)))
struct HealthLinkTests {
    /// A store that fails as long as it is told to, and says when it was asked.
    private final class FlakyStore: HealthStore {
        let isUp = NIOLockedValueBox(true)
        let asked: AsyncStream<[HealthReport]>
        private let continuation: AsyncStream<[HealthReport]>.Continuation
        private let store = InMemoryHealthStore()

        init() { (asked, continuation) = AsyncStream.makeStream() }

        func exchange(_ reports: [HealthReport]) async throws(RoutingStoreError) -> [HealthRow] {
            continuation.yield(reports)
            guard isUp.withLockedValue({ $0 }) else { throw RoutingStoreError(.unavailable, "told to") }
            return store.merge(reports)
        }
    }

    private let a = DeploymentID("a")

    @Test("It tells a failure without waiting for its refresh time, asks nothing without traffic, and ends when cancelled")
    func running() async throws {
        let store = FlakyStore()
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"])
        let link = HealthLink(board: board, store: store, refresh: .seconds(3_600))
        let running = Task { await link.run() }
        var asked = store.asked.makeAsyncIterator()
        // Once at its start, to learn what the fleet knows.
        #expect(await asked.next()?.map(\.failures) == [0])
        board.end(try #require(board.begin(a, now: .now)), .hardFailure(waited: nil), now: .now)
        #expect(await asked.next()?.map(\.failures) == [1])
        running.cancel()
        await running.value
    }

    @Test("A store that fails is asked again and leaves the replica to its own knowledge")
    func failing() async throws {
        let store = FlakyStore()
        let board = HealthBoard(replica: "r", keyMarks: [a: "k"])
        let link = HealthLink(board: board, store: store)
        await link.exchange()
        store.isUp.withLockedValue { $0 = false }
        for _ in 0..<2 {
            board.end(try #require(board.begin(a, now: .now)), .hardFailure(waited: nil), now: .now)
            await link.exchange()
        }
        // While the fleet was there a pair was its matter; the first failure was judged so, and a third one is not.
        board.end(try #require(board.begin(a, now: .now)), .hardFailure(waited: nil), now: .now)
        if case .open = board.conditions(of: [a], now: .now)[0].standing {} else { Issue.record("not open") }
    }

    @Test("A probe under way when the link ends counts for nothing")
    func cancelledProbe() async throws {
        var rules = HealthRules()
        rules.idleProbeMilliseconds = 0
        let store = FlakyStore()
        let board = HealthBoard(rules: rules, replica: "r", keyMarks: [a: "k"])
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let prober = HealthProber { _ in
            start.yield()
            try? await Task.sleep(for: .seconds(3_600))
            return .hardFailure(waited: nil)
        }
        let link = HealthLink(board: board, store: store, refresh: .milliseconds(1), prober: prober)
        let running = Task { await link.run() }
        for await _ in started { break }
        #expect(board.conditions(of: [a], now: .now)[0].inFlight == 1)
        running.cancel()
        await running.value
        #expect(board.conditions(of: [a], now: .now)[0].inFlight == 0)
        #expect(board.conditions(of: [a], now: .now)[0].failures == 0)
    }
}
