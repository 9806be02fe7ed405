import NIOCore

extension MockRateWindow.Decision {
    /// OpenAI's rate headers, and `Retry-After` for a refused request.
    func headers(limit: Int) -> [String: String] {
        var headers = ["x-ratelimit-limit-requests": String(limit)]
        switch self {
        case .admitted(let remaining, let reset):
            headers["x-ratelimit-remaining-requests"] = String(remaining)
            headers["x-ratelimit-reset-requests"] = "\(reset.nanoseconds / 1_000_000)ms"
        case .refused(let reset):
            headers["x-ratelimit-remaining-requests"] = "0"
            headers["x-ratelimit-reset-requests"] = "\(reset.nanoseconds / 1_000_000)ms"
            // Whole seconds, rounded up: who waits so long is let through.
            headers["retry-after"] = String((reset.nanoseconds + 999_999_999) / 1_000_000_000)
        }
        return headers
    }
}
