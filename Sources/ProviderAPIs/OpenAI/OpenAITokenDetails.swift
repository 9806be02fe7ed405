import GatewayCore

/// Takes parts out of a count of tokens as the provider's details name them; never more than there is.
struct OpenAITokenDetails {
    /// What no detail named so far.
    private(set) var rest: Int
    private let details: JSONElement?

    init(of count: Int, _ details: JSONElement?) {
        rest = count
        self.details = details?.kind == .object ? details : nil
    }

    mutating func take(_ name: String) -> Int {
        let part = min(max(details?[name]?.integer ?? 0, 0), rest)
        rest -= part
        return part
    }
}
