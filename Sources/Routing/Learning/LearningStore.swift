/// Where replicas add up what they have learned.
package protocol LearningStore: Sendable {
    /// Adds what the report tells, once for each batch, and answers what all replicas told, faded to now.
    func exchange(_ report: LearningReport) async throws(RoutingStoreError) -> LearningRow
}
