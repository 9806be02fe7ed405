import NIOCore
import NIOHTTP1
import Testing

@testable import MockProvider

@Suite("Responder")
struct MockResponderTests {
    private static func delays(seed: UInt64, latency: Duration, jitter: Duration) -> [TimeAmount] {
        var configuration = MockProviderConfiguration()
        configuration.seed = seed
        configuration.behavior.latency = latency
        configuration.behavior.jitter = jitter
        let responder = MockResponder(configuration)
        var request = MockRequest(
            head: HTTPRequestHead(version: .http1_1, method: .POST, uri: "/v1/chat/completions"))
        request.append(ByteBuffer(string: MockFixture.body("q")), limit: 1000)
        return (0..<50).map { _ in
            let ticket = responder.statistics.begin(.chatCompletions)
            return responder.reply(to: request, ticket: ticket, now: .now()).delay
        }
    }

    @Test("Latency alone is exact; jitter adds to it within its bound, the same for the same seed")
    func delay() {
        #expect(Set(Self.delays(seed: 1, latency: .milliseconds(80), jitter: .zero)) == [.milliseconds(80)])
        let delays = Self.delays(seed: 1, latency: .milliseconds(80), jitter: .milliseconds(20))
        #expect(delays.allSatisfy { $0 >= .milliseconds(80) && $0 < .milliseconds(100) })
        #expect(Set(delays).count > 40)
        #expect(delays == Self.delays(seed: 1, latency: .milliseconds(80), jitter: .milliseconds(20)))
        #expect(delays != Self.delays(seed: 2, latency: .milliseconds(80), jitter: .milliseconds(20)))
    }

    @Test("Exactly the token frames of a stream are paced")
    func pacedFrames() throws {
        var behavior = MockBehavior()
        behavior.answerTokens = 3
        behavior.tokenPace = .milliseconds(7)
        let prompt = try MockChatRequest(body: ByteBuffer(string: MockFixture.body("q"))).prompt
        let turn = MockTurn(prompt, behavior: behavior, ordinal: 1, created: 0)
        var stream = MockStream(
            .chat(MockChatFrames(turn, includesUsage: true)), isChunked: false, behavior: behavior)
        #expect(stream.pace == .milliseconds(7))
        var paced: [Bool] = []
        while true {
            let isPaced = stream.nextIsToken
            if case .end = stream.next() { break }
            paced.append(isPaced)
        }
        // Role, three tokens, finish reason, usage, [DONE].
        #expect(paced == [false, true, true, true, false, false, false])
    }
}
