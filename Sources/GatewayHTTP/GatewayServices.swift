package import NIOCore
package import Pipeline

/// What the routes stand on.
package struct GatewayServices: Sendable {
    package let pipeline: Pipeline
    package let health: any GatewayHealth
    /// Nil where operators have no key, and so no routes.
    package let admin: AdminDesk?
    /// The metrics in Prometheus' text format.
    package let metrics: @Sendable () -> ByteBuffer

    package init(
        pipeline: Pipeline, health: any GatewayHealth, admin: AdminDesk? = nil,
        metrics: @escaping @Sendable () -> ByteBuffer
    ) {
        self.pipeline = pipeline
        self.health = health
        self.admin = admin
        self.metrics = metrics
    }
}
