import Testing

@testable import CurlClient

@Suite("The deadlines of a transfer")
struct TransferDeadlinesTests {
    private let began = ContinuousClock.now
    private let limits = CurlDeadlines(
        connect: nil, firstByte: .seconds(2), idle: .seconds(1), total: .seconds(10))

    private func at(_ seconds: Double) -> ContinuousClock.Instant {
        began.advanced(by: .seconds(seconds))
    }

    @Test("The head has its own limit, and it goes with the head")
    func firstByte() {
        var deadlines = TransferDeadlines(limits, began: began)
        #expect(deadlines.earliest == at(2))
        #expect(deadlines.expired(at: at(1.99)) == nil)
        #expect(deadlines.expired(at: at(2))?.code == .firstByteTimeout)
        deadlines.bodyIsExpected(from: at(1.5))
        #expect(deadlines.expired(at: at(2))?.code == nil)
    }

    @Test("Each piece starts the idle time anew")
    func idle() {
        var deadlines = TransferDeadlines(limits, began: began)
        deadlines.bodyIsExpected(from: at(1))
        #expect(deadlines.earliest == at(2))
        deadlines.bodyIsExpected(from: at(1.9))
        #expect(deadlines.expired(at: at(2)) == nil)
        #expect(deadlines.expired(at: at(2.9))?.code == .idleTimeout)
    }

    @Test("The idle time stands still while the reader holds back, the total does not")
    func heldBack() {
        var deadlines = TransferDeadlines(limits, began: began)
        deadlines.bodyIsExpected(from: at(1))
        deadlines.bodyIsHeldBack()
        #expect(deadlines.earliest == at(10))
        #expect(deadlines.expired(at: at(9)) == nil)
        #expect(deadlines.expired(at: at(10))?.code == .totalTimeout)
        deadlines.bodyIsExpected(from: at(9.5))
        #expect(deadlines.earliest == at(10))
    }

    @Test("Without limits nothing runs out")
    func none() {
        var deadlines = TransferDeadlines(CurlDeadlines(connect: nil), began: began)
        #expect(deadlines.earliest == nil)
        deadlines.bodyIsExpected(from: at(1))
        #expect(deadlines.earliest == nil)
        #expect(deadlines.expired(at: at(1_000_000)) == nil)
    }

    @Test("The alarm keeps the earliest time it was told, until it is cleared")
    func alarm() {
        let alarm = EngineAlarm()
        alarm.ring(noLaterThan: nil)
        #expect(alarm.due == nil)
        alarm.ring(noLaterThan: at(5))
        alarm.ring(noLaterThan: at(3))
        alarm.ring(noLaterThan: at(4))
        #expect(alarm.due == at(3))
        alarm.clear()
        #expect(alarm.due == nil)
    }

    @Test(
        "Durations become whole milliseconds, rounded up and bounded",
        arguments: [
            (Duration.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1), 1), (.microseconds(1500), 2),
            (.seconds(3), 3000), (.seconds(-3), 0), (.milliseconds(-1), 0), (.seconds(Int64.max), 2_147_483_000),
        ])
    func milliseconds(duration: Duration, expected: Int) {
        #expect(duration.wholeMilliseconds == expected)
    }
}
