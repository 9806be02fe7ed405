extension Int64 {
    /// The product without its trailing zeros, which go to the exponent. Never traps: it is computed in 128 bits.
    func multipliedReduced(by factor: Int64, exponent: Int) -> (Int128, Int) {
        var product = Int128(self) * Int128(factor)
        var exponent = exponent
        guard product != 0 else { return (0, 0) }
        while product % 10 == 0 {
            product /= 10
            exponent += 1
        }
        return (product, exponent)
    }
}
