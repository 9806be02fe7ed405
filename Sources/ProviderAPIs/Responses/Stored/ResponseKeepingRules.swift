/// How long and how much of the Responses API is kept.
package struct ResponseKeepingRules: Sendable {
    /// `responses.life`: for so long a response can be gone on from; 0 keeps none.
    package var life: Duration = .zero
    /// `responses.size_limit`: a response that is larger, with all that was said before it, is not kept; in bytes.
    package var bytesLimit = 1024 * 1024

    package init() {}
}
