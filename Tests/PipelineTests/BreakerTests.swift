import Testing

@testable import Pipeline

@Suite("The breaker")
struct BreakerTests {
    private enum Word: CaseIterable {
        case fail, succeed, ask, wait
    }

    /// The rules once more, as a fold over the history: seconds are counted, two failures open for ten.
    private func answers(_ words: [Word]) -> [Bool] {
        var answers: [Bool] = []
        var (now, failures) = (0, 0)
        var closedUntil: Int?
        for word in words {
            switch word {
            case .fail:
                failures += 1
                if failures >= 2 { closedUntil = now + 10 }
            case .succeed: (failures, closedUntil) = (0, nil)
            case .wait: now += 6
            case .ask:
                let isLetThrough = closedUntil.map { now >= $0 } ?? true
                if isLetThrough, closedUntil != nil { closedUntil = now + 10 }
                answers.append(isLetThrough)
            }
        }
        return answers
    }

    @Test("Every sequence of up to seven events lets through exactly what the rules say")
    func sequences() {
        let start = ContinuousClock.now
        var sequences: [[Word]] = [[]]
        for _ in 0..<7 {
            sequences = sequences.flatMap { words in Word.allCases.map { words + [$0] } }
            for words in sequences {
                var breaker = Breaker(failureLimit: 2, openFor: .seconds(10))
                var now = start
                var found: [Bool] = []
                for word in words {
                    switch word {
                    case .fail: breaker.failed(at: now)
                    case .succeed: breaker.succeeded()
                    case .wait: now += .seconds(6)
                    case .ask: found.append(breaker.admits(at: now))
                    }
                }
                if found != answers(words) { Issue.record("\(words)") }
            }
        }
        #expect(sequences.count == 16_384)
    }

    @Test("It tells the success that closes it, and no other")
    func closing() {
        var breaker = Breaker(failureLimit: 2, openFor: .seconds(10))
        let start = ContinuousClock.now
        var closed: [Bool] = []
        breaker.failed(at: start)
        closed.append(breaker.succeeded())
        for _ in 0..<2 { breaker.failed(at: start) }
        _ = breaker.admits(at: start + .seconds(10))
        for _ in 0..<2 { closed.append(breaker.succeeded()) }
        #expect(closed == [false, true, false])
    }
}
