package import GatewayCore
package import NIOCore

extension CacheHit {
    /// The answer to another request's call, which has just come.
    /// - Parameters:
    ///   - landing: the call's end.
    ///   - answer: of it.
    ///   - similarity: of its question, when that is another one.
    package init(of landing: FlightLanding, answer: ByteBuffer, similarity: Float?) {
        self.init(
            outcome: .coalesced, entry: landing.entry, answer: answer, model: landing.model, usage: landing.usage,
            age: .zero, similarity: similarity)
    }

    /// The same as the answer to another's call.
    package var coalesced: CacheHit {
        CacheHit(
            outcome: .coalesced, entry: entry, answer: answer, model: model, usage: usage, age: age,
            similarity: similarity)
    }
}
