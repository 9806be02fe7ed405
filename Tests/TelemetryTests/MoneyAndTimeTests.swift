import GatewayTesting
import Testing

@testable import Telemetry

@Suite("Money and reset times in headers")
struct MoneyAndTimeTests {
    @Test(
        "Nano-dollars are written exactly",
        arguments: [
            (0, "0.00"), (1, "0.000000001"), (12_345, "0.000012345"), (10_000_000, "0.01"),
            (1_000_000_000, "1.00"), (1_500_000_000, "1.50"), (999_999_999_999_999, "999999.999999999"),
        ])
    func dollars(nanodollars: Int, text: String) {
        #expect(Dollars.text(nanodollars: nanodollars) == text)
    }

    @Test("What no request costs is left out", arguments: [-1, Int.min, 1_000_000_000_000_000, Int.max])
    func absurd(nanodollars: Int) {
        #expect(Dollars.text(nanodollars: nanodollars) == nil)
        #expect(Dollars.amount(nanodollars: nanodollars) == nil)
    }

    @Test("What is written is what was given, whatever the amount")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let amount = Int.random(in: 0..<1_000_000_000_000_000, using: &generator)
            let parts = try #require(Dollars.text(nanodollars: amount)).split(separator: ".")
            let fraction = parts[1] + String(repeating: "0", count: 9 - parts[1].utf8.count)
            #expect(Int(parts[0] + fraction) == amount, "seed \(seed)")
        }
    }

    @Test(
        "Resets are written as OpenAI does",
        arguments: [
            (Duration.zero, "0s"), (.milliseconds(76), "76ms"), (.seconds(1), "1s"), (.seconds(360), "6m0s"),
            (.milliseconds(8_640), "8.64s"), (.seconds(59), "59s"), (.seconds(3_723), "1h2m3s"),
            (.seconds(7_200), "2h0m0s"), (.milliseconds(61_500), "1m1.5s"), (.microseconds(1), "1ms"),
            (.milliseconds(999) + .microseconds(1), "1s"), (.seconds(-5), "0s"),
        ])
    func resets(duration: Duration, text: String) {
        #expect(ResetTime.text(duration) == text)
    }

    @Test("A reset of any length is written without a trap")
    func longest() {
        #expect(ResetTime.text(.seconds(Int64.max)) == "8784h0m0s")
        #expect(ResetTime.text(.seconds(Int64.min)) == "0s")
    }
}
