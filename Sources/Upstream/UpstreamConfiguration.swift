/// Bounds of what providers may send.
package struct UpstreamConfiguration: Sendable {
    /// The largest answer that is not a stream, in bytes.
    package var answerBytesLimit = 16 * 1024 * 1024
    /// How much of a refusal's body is read, in bytes.
    package var errorBytesLimit = 64 * 1024
    /// `thought_life`: how long signed thoughts of tool calls are kept for clients that drop them; 0 keeps none.
    package var thoughtLife: Duration = .seconds(3600)

    package init() {}
}
