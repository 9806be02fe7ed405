package import GatewayCore

/// The prices of a model. A part without a price of its own costs what its side does: cached, written and heard input
/// as input, reasoning and audio as output; what is written for an hour as what is written at all.
package struct ModelPrices: Sendable, Equatable {
    package var input: TokenPrice
    package var output: TokenPrice
    package var cachedInput: TokenPrice?
    package var cacheWrite: TokenPrice?
    package var cacheWrite1h: TokenPrice?
    package var reasoning: TokenPrice?
    package var audioInput: TokenPrice?
    package var audioOutput: TokenPrice?

    package init(input: TokenPrice, output: TokenPrice) {
        self.input = input
        self.output = output
    }

    /// The cost of tokens in nano-dollars, rounded up once at the end. A sum beyond the range becomes `Int.max`.
    package func cost(of usage: TokenUsage) -> Int {
        var sum = Sum()
        sum.add(usage.inputUncached, input)
        sum.add(usage.cacheRead, cachedInput ?? input)
        sum.add(usage.cacheWrite5m, cacheWrite ?? input)
        sum.add(usage.cacheWrite1h, cacheWrite1h ?? cacheWrite ?? input)
        sum.add(usage.inputAudio, audioInput ?? input)
        sum.add(usage.outputText, output)
        sum.add(usage.outputReasoning, reasoning ?? output)
        sum.add(usage.outputAudio, audioOutput ?? output)
        return sum.nanodollars
    }

    /// Pico-dollars that stay at the end of their range.
    private struct Sum {
        private var picodollars = 0
        private var overflows = false

        mutating func add(_ count: Int, _ price: TokenPrice) {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: price.picodollars)
            let (next, isBeyond) = picodollars.addingReportingOverflow(product)
            if isTooLarge || isBeyond { overflows = true } else { picodollars = next }
        }

        var nanodollars: Int {
            overflows ? .max : picodollars / 1000 + (picodollars.isMultiple(of: 1000) ? 0 : 1)
        }
    }
}
