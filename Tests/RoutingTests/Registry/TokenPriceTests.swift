import GatewayCore
import Testing

@testable import Routing

@Suite("Prices")
struct TokenPriceTests {
    @Test("Dollars for a million tokens are held exactly, down to six digits behind the point", arguments: [
        ("2.50", 2_500_000), ("0.0375", 37_500), ("15", 15_000_000), ("0.000001", 1), ("0", 0), ("0.0", 0),
        ("1000000", 1_000_000_000_000),
    ])
    func exact(text: String, picodollars: Int) {
        #expect(TokenPrice(dollarsPerMillion: text)?.picodollars == picodollars)
    }

    @Test("What is no such number is no price, and nothing is rounded", arguments: [
        "", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "0.0000001", "1.2.3", " 1", "1000000.01", "10000000", "١",
    ])
    func refused(text: String) {
        #expect(TokenPrice(dollarsPerMillion: text) == nil)
    }

    /// Worked by hand: 1,000 × 2.50 + 3,000 × 1.25 + 500 × 10, each for a million, is 0.01125 $.
    @Test("A cost is the sum over the parts, in nano-dollars")
    func cost() throws {
        var prices = SelectionFixture.prices("2.50", "10.00")
        prices.cachedInput = TokenPrice(dollarsPerMillion: "1.25")
        #expect(
            prices.cost(of: TokenUsage(inputUncached: 1000, cacheRead: 3000, outputText: 500)) == 11_250_000)
    }

    @Test("A part without a price costs what its side does, and one kept for an hour what one written does")
    func fallbacks() {
        var prices = SelectionFixture.prices("2", "10")
        let parts = (0..<8).map { part in TokenUsage(parts: (0..<8).map { $0 == part ? 1_000 : 0 }) }
        // 2 and 10 dollars a million are 2,000 and 10,000 nano-dollars a token.
        let plain = [2_000, 2_000, 2_000, 2_000, 2_000, 10_000, 10_000, 10_000]
        #expect(parts.map { $0.map { prices.cost(of: $0) / 1_000 } } == plain)
        prices.cacheWrite = TokenPrice(dollarsPerMillion: "3")
        #expect(parts[3].map { prices.cost(of: $0) } == 3_000_000)
        prices.cachedInput = TokenPrice(dollarsPerMillion: "1")
        prices.cacheWrite1h = TokenPrice(dollarsPerMillion: "4")
        prices.audioInput = TokenPrice(dollarsPerMillion: "5")
        prices.reasoning = TokenPrice(dollarsPerMillion: "6")
        prices.audioOutput = TokenPrice(dollarsPerMillion: "7")
        let own = [2_000, 1_000, 3_000, 4_000, 5_000, 10_000, 6_000, 7_000]
        #expect(parts.map { $0.map { prices.cost(of: $0) / 1_000 } } == own)
    }

    @Test("A part of a nano-dollar is rounded up once, not for each part")
    func rounding() {
        let prices = SelectionFixture.prices("0.0375", "0.0375")
        #expect(prices.cost(of: TokenUsage(promptTokens: 1, completionTokens: 0)) == 38)
        #expect(prices.cost(of: TokenUsage(promptTokens: 1, completionTokens: 1)) == 75)
    }

    @Test("A cost beyond the range is the largest, and what is below 0 costs nothing")
    func limits() throws {
        let prices = SelectionFixture.prices("1000000", "1")
        #expect(prices.cost(of: TokenUsage(promptTokens: .max, completionTokens: 1)) == .max)
        #expect(prices.cost(of: TokenUsage(promptTokens: .min, completionTokens: -5)) == 0)
    }
}
