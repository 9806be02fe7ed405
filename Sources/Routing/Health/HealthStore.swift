/// Where replicas share what they know about targets.
package protocol HealthStore: Sendable {
    /// Tells and asks, for several deployments in one round trip.
    /// - Returns: a row for each report, in order, with the report itself counted in.
    func exchange(_ reports: [HealthReport]) async throws(RoutingStoreError) -> [HealthRow]
}
