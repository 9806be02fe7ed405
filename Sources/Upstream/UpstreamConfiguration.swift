/// Bounds of what providers may send.
package struct UpstreamConfiguration: Sendable {
    /// The largest answer that is not a stream, in bytes.
    package var answerBytesLimit = 16 * 1024 * 1024
    /// How much of a refusal's body is read, in bytes.
    package var errorBytesLimit = 64 * 1024

    package init() {}
}
