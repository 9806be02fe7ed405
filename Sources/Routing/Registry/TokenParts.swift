/// The tokens of one exchange in parts that do not overlap, so that its cost is a plain sum.
package struct TokenParts: Sendable, Equatable {
    /// Input that came from no cache of the provider.
    package var input = 0
    /// Input read from the provider's prompt cache.
    package var cachedInput = 0
    /// Input written to it.
    package var cacheWrite = 0
    package var audioInput = 0
    /// Output that is neither reasoning nor audio.
    package var output = 0
    package var reasoning = 0
    package var audioOutput = 0

    package init(input: Int = 0, output: Int = 0) {
        self.input = input
        self.output = output
    }
}
