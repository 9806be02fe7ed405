/// What one token costs, held exactly: in millionths of a dollar for a million tokens, which is 10⁻¹² dollars a token.
///
/// Price lists go down to fractions of a cent a million tokens (0.0375 $), so a whole number of nano-dollars a token
/// would not hold them all.
package struct TokenPrice: Sendable, Hashable, Comparable {
    /// 10⁻¹² dollars a token; never negative.
    package let picodollars: Int

    package static let free = TokenPrice(picodollars: 0)
    /// A million dollars a million tokens: more is a typing error, and products with token counts stay far from
    /// overflow.
    package static let limit = 1_000_000 * 1_000_000

    /// Takes what lies in 0…``limit``; the ends stand for what lies beyond.
    package init(picodollars: Int) {
        self.picodollars = min(max(picodollars, 0), Self.limit)
    }

    /// Reads dollars for a million tokens as price lists write them: digits with at most six behind the point.
    /// Nil for anything else, so that nothing is rounded unseen.
    package init?(dollarsPerMillion text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...7).contains(whole.utf8.count) else { return nil }
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard (1...6).contains(fraction.utf8.count),
            (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let dollars = Int(whole),
            let millionths = Int(fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
        else { return nil }
        let price = dollars * 1_000_000 + millionths
        guard price <= Self.limit else { return nil }
        self.init(picodollars: price)
    }

    package static func < (left: TokenPrice, right: TokenPrice) -> Bool { left.picodollars < right.picodollars }
}
