internal import GatewayCore

/// Why a response ended.
struct ResponsesEnd {
    let finish: FinishReason
    /// The provider's own word, where that says more.
    let native: String?

    init(_ response: JSONElement, hasCalls: Bool) {
        let plain: FinishReason = hasCalls ? .toolCalls : .stop
        let reason = response["incomplete_details"]?["reason"]?.string
        let status = response["status"]?.string ?? "completed"
        guard reason != nil || status != "completed" else {
            (finish, native) = (plain, nil)
            return
        }
        switch reason {
        case "max_output_tokens": (finish, native) = (.length, nil)
        case "content_filter": (finish, native) = (.contentFilter, nil)
        default: (finish, native) = (.other(reason ?? status), reason ?? status)
        }
    }
}
