/// One way to run the model's forward pass. The same texts get the same vectors from all, within their precision.
package protocol EncoderBackend: Sendable {
    /// Format and instructions, such as `int8 avx512`. For logs and metrics.
    var name: String { get }

    /// An encoder for one thread.
    /// - Parameters:
    ///   - tokenCapacity: tokens that come together at most, unless one text alone is longer.
    ///   - longest: tokens of the longest text.
    func makeEncoder(tokenCapacity: Int, longest: Int) -> any BatchEncoder
}
