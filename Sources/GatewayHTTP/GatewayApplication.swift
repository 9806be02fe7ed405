package import Hummingbird
package import Logging
package import NIOCore
package import Pipeline

/// Builds the HTTP application, the same for the service and for tests.
package enum GatewayApplication {
    /// - Parameters:
    ///   - onRunning: called with the port once the listener is open.
    package static func build(
        configuration: ServerConfiguration, services: GatewayServices, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router(configuration: configuration, services: services),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ClientWatch()],
                    // A year is as good as for ever, and far from the end of 64 bits of nanoseconds.
                    idleTimeout: TimeAmount(min(configuration.idleTimeout, .seconds(365 * 24 * 60 * 60))))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                backlog: 4096),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? configuration.port) },
            logger: logger)
    }

    private static func router(
        configuration: ServerConfiguration, services: GatewayServices
    ) -> Hummingbird.Router<GatewayRequestContext> {
        let router = Hummingbird.Router(
            context: GatewayRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: HeadAnswers())
        router.add(middleware: ErrorReplies(methods: [
            "/v1/chat/completions": .post, "/v1/models": .get, "/livez": .get, "/readyz": .get, "/metrics": .get,
        ]))
        ChatCompletionsRoute(pipeline: services.pipeline, bodyBytesLimit: configuration.bodyBytesLimit)
            .add(to: router)
        ModelsRoute(directory: services.pipeline.directory, models: services.pipeline.models).add(to: router)
        HealthRoutes(health: services.health).add(to: router)
        MetricsRoute(render: services.metrics).add(to: router)
        return router
    }
}

/// What the routes stand on.
package struct GatewayServices: Sendable {
    package let pipeline: Pipeline
    package let health: any GatewayHealth
    /// The metrics in Prometheus' text format.
    package let metrics: @Sendable () -> ByteBuffer

    package init(pipeline: Pipeline, health: any GatewayHealth, metrics: @escaping @Sendable () -> ByteBuffer) {
        self.pipeline = pipeline
        self.health = health
        self.metrics = metrics
    }
}
