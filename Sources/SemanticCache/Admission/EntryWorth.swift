import GatewayCore

/// What an answer is worth keeping for: what it would cost to get it again.
enum EntryWorth {
    /// Where prices are not known, in nano-dollars a token: 0.10 and 0.40 dollars a million, as small models cost. Only
    /// the order of a tenant's entries depends on it.
    private static let promptToken = 100
    private static let completionToken = 400
    /// No answer costs a million dollars.
    private static let most = 1_000_000_000_000_000

    /// In nano-dollars.
    static func of(_ usage: TokenUsage?, price: Int?) -> Int {
        if let price { return min(max(price, 0), most) }
        guard let usage else { return 0 }
        let prompt = min(max(usage.promptTokens, 0), 1 << 31)
        let completion = min(max(usage.completionTokens, 0), 1 << 31)
        return min(prompt * promptToken + completion * completionToken, most)
    }
}
