package import GatewayCore
package import NIOCore

/// A whole answer, for all who waited for it.
package struct FlightLanding: Sendable {
    /// A `chat.completion` object; nil when only those who have read all parts have it.
    package let answer: ByteBuffer?
    package let model: String?
    package let usage: TokenUsage?
    /// Where it stands if it was stored.
    package let entry: EntryID
    /// Whether it may answer a similar question: what the cache would not keep is not said to anybody else.
    package let isFit: Bool
    package let isStored: Bool

    package init(
        answer: ByteBuffer?, model: String?, usage: TokenUsage?, entry: EntryID, isFit: Bool, isStored: Bool
    ) {
        self.answer = answer
        self.model = model
        self.usage = usage
        self.entry = entry
        self.isFit = isFit
        self.isStored = isStored
    }
}
