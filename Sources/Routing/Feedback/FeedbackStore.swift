/// Where answers are remembered until they are judged.
package protocol FeedbackStore: Sendable {
    /// Remembers an answer. Returns at once.
    func keep(_ record: FeedbackRecord, of request: String)

    /// What is known of the answer to a request; nil when nothing is, or not any more.
    func record(of request: String) async throws(RoutingStoreError) -> FeedbackRecord?

    /// Whether this is the first judgment of it.
    func claim(_ request: String) async throws(RoutingStoreError) -> Bool

    /// Takes a claim back whose judgment came to nothing, as well as it can: it may come again.
    func release(_ request: String) async

    /// Counts one more judgment of a hit, if its user has not given too many within the hour.
    /// - Parameter judge: names the user.
    func admits(_ judge: String) async throws(RoutingStoreError) -> Bool
}
