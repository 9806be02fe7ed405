import Embedding
import GatewayCore
import GatewayTesting
import SemanticCache
import Testing

@testable import Pipeline

@Suite("The check of the encoder", .timeLimit(.minutes(1)))
struct EncoderCheckTests {
    private let encoder = FakeEncoder()
    private let store = CanaryMemory()
    private let lines = LogLines()
    private let check: EncoderCheck

    private static let mismatch = "the encoder is not the one its name stands for: similar questions are not found, "
        + "equal ones are"
    private static let delay = "the encoder cannot be checked yet: similar questions are not found until then"

    init() {
        check = EncoderCheck(embedder: encoder, store: store, floor: .remote, logger: lines.logger)
    }

    @Test("An encoder is believed while it makes what it made when it was first met, and again when it does")
    func verdicts() async {
        #expect(check.gate.standing == .unchecked)
        await check.check()
        #expect(check.gate.standing == .sound)
        encoder.become(.turned)
        for _ in 0..<2 {
            await check.check()
            #expect(check.gate.standing == .mismatched)
        }
        #expect(lines.count(of: Self.mismatch) == 1, "told once")
        encoder.become(.well)
        await check.check()
        #expect(check.gate.standing == .sound)
        #expect(lines.messages.count == 2)
    }

    @Test("Who meets the encoder later compares with what the first one kept")
    func laterReplicas() async {
        await check.check()
        let second = FakeEncoder()
        second.become(.turned)
        let later = EncoderCheck(embedder: second, store: store, floor: .local, logger: lines.logger)
        await later.check()
        #expect(later.gate.standing == .mismatched)
        #expect(check.gate.standing == .sound)
    }

    @Test("Without Redis nothing is embedded and nothing known; what was known stays")
    func storeAway() async {
        store.leave(true)
        for _ in 0..<2 { await check.check() }
        #expect(check.gate.standing == .unchecked)
        #expect(encoder.calls == 0)
        #expect(lines.count(of: Self.delay) == 1, "told once")
        store.leave(false)
        await check.check()
        store.leave(true)
        encoder.become(.turned)
        await check.check()
        #expect(check.gate.standing == .sound)
    }

    @Test("An encoder that fails is not judged, and its words are not told")
    func encoderAway() async {
        encoder.become(.fails(.remoteFailed))
        await check.check()
        #expect(check.gate.standing == .unchecked)
        #expect(lines.text.contains("remote_failed") && !lines.text.contains("as told"))
    }

    @Test("It is checked at the start, again when Redis is back, and when somebody asks for it")
    func running() async {
        store.leave(true)
        let run = Task { await check.run() }
        await check.settle(within: .milliseconds(20))
        #expect(check.gate.standing == .unchecked)
        store.leave(false)
        await check.settle(within: .seconds(50))
        #expect(check.gate.standing == .sound)
        encoder.become(.turned)
        check.again()
        await lines.wait(for: Self.mismatch)
        #expect(check.gate.standing == .mismatched)
        run.cancel()
        await run.value
    }

    @Test("It is checked again when its time has come")
    func interval() async {
        let often = EncoderCheck(
            embedder: encoder, store: store, floor: .remote, interval: .milliseconds(5), logger: lines.logger)
        let run = Task { await often.run() }
        await often.settle(within: .seconds(50))
        encoder.become(.turned)
        await lines.wait(for: Self.mismatch)
        run.cancel()
        await run.value
    }

    @Test("Who stores vectors of many texts gets none from an encoder that is not believed")
    func bulk() async throws {
        let bulk = GatedEmbedder(encoder, gate: check.gate)
        func refusal() async -> EmbeddingErrorCode? {
            let error = await #expect(throws: EmbeddingError.self) { try await bulk.embed("5 a") }
            return error?.code
        }
        #expect(await refusal() == .unproven)
        await check.check()
        #expect(try await bulk.embed("5 a") == FakeEncoder.vector("5 a"))
        encoder.become(.turned)
        await check.check()
        #expect(await refusal() == .unproven)
    }
}
