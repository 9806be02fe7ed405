import ArgumentParser
import GatewayConfig
import GatewayHTTP
import Logging
import ServiceLifecycle
import Telemetry
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `refrain serve`: the gateway.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the gateway.",
        discussion: """
            Answers POST /v1/chat/completions and /v1/explain, GET /v1/models, /livez, /readyz and /metrics. SIGTERM \
            and SIGINT end it after the requests in flight, or after server.drain.
            """)

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        // A reader of the log that goes away must not take the gateway with it.
        signal(SIGPIPE, SIG_IGN)
        let configuration = try await options.load()
        let level = configuration.log.level
        let format = configuration.log.format
        LoggingSystem.bootstrap { LogConsole(label: $0, level: level, format: LogConsole.Format(format)) }
        let logger = Logger(label: "refrain")
        let gateway = try await Gateway(configuration: configuration, logger: logger)
        var services = ServiceGroupConfiguration(
            services: gateway.services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        services.maximumGracefulShutdownDuration = configuration.server.drainDelay + configuration.server.drain
        try await ServiceGroup(configuration: services).run()
    }
}

extension LogConsole.Format {
    fileprivate init(_ format: LogConfiguration.Format) {
        self =
            switch format {
            case .auto: .automatic()
            case .text: .text(isColored: false)
            case .json: .json
            }
    }
}
