/// The prices of a model. Parts without a price of their own cost what the field's price lists charge for them then:
/// cached and written input as input, reasoning as output. Audio without a price has no cost that is known.
package struct ModelPrices: Sendable, Equatable {
    package var input: TokenPrice
    package var output: TokenPrice
    package var cachedInput: TokenPrice?
    package var cacheWrite: TokenPrice?
    package var reasoning: TokenPrice?
    package var audioInput: TokenPrice?
    package var audioOutput: TokenPrice?

    package init(input: TokenPrice, output: TokenPrice) {
        self.input = input
        self.output = output
    }

    /// The cost of tokens in nano-dollars, rounded up once at the end; nil when a part has no price. Counts below 0
    /// count as 0; a sum beyond the range becomes `Int.max`.
    package func cost(of tokens: TokenParts) -> Int? {
        var sum = 0
        let parts: [(Int, TokenPrice?)] = [
            (tokens.input, input), (tokens.cachedInput, cachedInput ?? input),
            (tokens.cacheWrite, cacheWrite ?? input), (tokens.audioInput, audioInput), (tokens.output, output),
            (tokens.reasoning, reasoning ?? output), (tokens.audioOutput, audioOutput),
        ]
        for (count, price) in parts where count > 0 {
            guard let price else { return nil }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: price.picodollars)
            let (next, overflows) = sum.addingReportingOverflow(product)
            if isTooLarge || overflows { return .max }
            sum = next
        }
        return sum / 1000 + (sum.isMultiple(of: 1000) ? 0 : 1)
    }
}
