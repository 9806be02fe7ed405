import Foundation
import GatewayTesting
import Testing

@testable import Routing

@Suite("How fast a target is")
struct LatencyRecordTests {
    private func sums(first: Double? = nil, duration: Double, tokens: Int?) -> LatencySums {
        var sums = LatencySums()
        sums.add(
            .answered(
                timeToFirstToken: first.map { .seconds($0) }, duration: .seconds(duration), outputTokens: tokens))
        return sums
    }

    @Test("The mean is of all samples up to a hundred, then each new one weighs a hundredth")
    func average() {
        var record = LatencyRecord()
        for number in 1...100 { record.add(sums(first: Double(number), duration: 200, tokens: nil), now: 0) }
        #expect(abs(record.firstToken.value / 1e6 - 50.5) < 1e-6)
        record.add(sums(first: 150.5, duration: 200, tokens: nil), now: 0)
        #expect(abs(record.firstToken.value / 1e6 - 51.5) < 1e-6)
        #expect(record.firstToken.weight == 100)
    }

    @Test("A sample of twenty minutes ago weighs five percent of a new one")
    func forgetting() {
        var record = LatencyRecord()
        record.add(sums(first: 1, duration: 9, tokens: nil), now: 0)
        record.add(sums(first: 2, duration: 9, tokens: nil), now: 1_200_000)
        let old = exp(-3.0)
        #expect(abs(record.firstToken.value / 1e6 - (old + 2) / (old + 1)) < 1e-9)
    }

    @Test("Sent one by one or together, samples of one moment give the same means and sums")
    func batches() {
        var generator = SeededGenerator(seed: 50)
        var single = LatencyRecord()
        var batched = LatencyRecord()
        var batch = LatencySums()
        for _ in 0..<40 {
            let first = Double.random(in: 0.1...2, using: &generator)
            // As many tokens each: the batch's mean is by tokens, the average's by answers.
            let sample = sums(first: first, duration: first + .random(in: 1...9, using: &generator), tokens: 100)
            single.add(sample, now: 5_000)
            batch.add(sample)
        }
        batched.add(batch, now: 5_000)
        #expect(abs(single.perToken.value - batched.perToken.value) < 1e-6 * batched.perToken.value)
        #expect(abs(single.firstToken.value - batched.firstToken.value) < 1e-6 * batched.firstToken.value)
        #expect(single.recent(now: 5_000) == batched.recent(now: 5_000))
    }

    @Test("Three minutes are the running half minute and the five before it")
    func recent() {
        var record = LatencyRecord()
        record.add(sums(first: 1, duration: 3, tokens: 11), now: 29_999)
        record.add(sums(first: 2, duration: 3, tokens: 11), now: 30_000)
        #expect(record.recent(now: 179_999).firstTokens == 2)
        #expect(record.recent(now: 180_000).firstTokenMicroseconds == 2_000_000)
        #expect(record.recent(now: 210_000) == LatencySums())
        // A slot that is used again has forgotten what it held.
        record.add(sums(first: 4, duration: 5, tokens: 11), now: 180_000)
        #expect(record.recent(now: 180_000).firstTokenMicroseconds == 6_000_000)
    }

    @Test("A whole answer has no first token, one token no time between tokens; a deadline that passed counts as waited")
    func samples() {
        var whole = LatencySums()
        whole.add(.answered(timeToFirstToken: nil, duration: .seconds(4), outputTokens: 200))
        #expect((whole.firstTokens, whole.decodeMicroseconds, whole.decodeTokens) == (0, 4_000_000, 200))
        let single = sums(first: 1, duration: 1.5, tokens: 1)
        #expect((single.firstTokens, single.decodes) == (1, 0))
        var late = LatencySums()
        late.add(.hardFailure(waited: .seconds(30)))
        late.add(.hardFailure(waited: nil))
        #expect((late.firstTokenMicroseconds, late.firstTokens) == (30_000_000, 1))
        var none = LatencySums()
        for sample in [TargetSample.clientError, .cancelled, .authFailure, .rateLimited(retryAfter: .seconds(9))] {
            none.add(sample)
        }
        #expect(none == LatencySums())
    }

    @Test("Absurd durations and token counts neither trap nor overflow")
    func absurd() {
        var sums = LatencySums()
        for _ in 0..<1_000 {
            sums.add(
                .answered(timeToFirstToken: .seconds(-9), duration: .seconds(Int64.max), outputTokens: .max))
            sums.add(.answered(timeToFirstToken: .seconds(9), duration: .zero, outputTokens: -5))
        }
        #expect(sums.decodeMicroseconds == 86_400_000_000 * 1_000)
        #expect(sums.firstTokenMicroseconds == 9_000_000 * 1_000)
    }
}
