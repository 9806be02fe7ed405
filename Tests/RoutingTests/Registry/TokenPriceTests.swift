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
        var tokens = TokenParts(input: 1000, output: 500)
        tokens.cachedInput = 3000
        #expect(prices.cost(of: tokens) == 11_250_000)
        // Written and thought tokens have no price of their own: they cost what input and output cost.
        tokens.cacheWrite = 100
        tokens.reasoning = 50
        #expect(prices.cost(of: tokens) == 11_250_000 + 250_000 + 500_000)
    }

    @Test("A part of a nano-dollar is rounded up once, not for each part")
    func rounding() {
        let prices = SelectionFixture.prices("0.0375", "0.0375")
        #expect(prices.cost(of: TokenParts(input: 1, output: 0)) == 38)
        #expect(prices.cost(of: TokenParts(input: 1, output: 1)) == 75)
    }

    @Test("Audio without a price has no cost, and a cost beyond the range is the largest")
    func limits() throws {
        let prices = SelectionFixture.prices("1000000", "1")
        var tokens = TokenParts(input: 1, output: 1)
        tokens.audioInput = 1
        #expect(prices.cost(of: tokens) == nil)
        #expect(prices.cost(of: TokenParts(input: .max, output: 1)) == .max)
        #expect(prices.cost(of: TokenParts(input: .min, output: -5)) == 0)
    }
}
