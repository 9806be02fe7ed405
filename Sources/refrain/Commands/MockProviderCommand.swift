import ArgumentParser
import Logging
import MockProvider
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// `refrain mock-provider`: a provider to test and measure against, without a key, a bill or a network.
struct MockProviderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-provider",
        abstract: "Run a deterministic provider with OpenAI's HTTP interface.",
        discussion: """
            Serves POST /v1/chat/completions (whole and streamed), POST /v1/embeddings and GET /v1/models. The same \
            request always gets the same answer. GET /mock/stats shows the counters, POST /mock/reset clears them.

            Every answer option below can be set for one request by a header: \
            \(MockKnob.allCases.map(\.headerName).joined(separator: ", ")).

            Frames are counted from 1 over all 'data:' lines of a stream, [DONE] included. An answer that is not \
            streamed is cut or stalls after half of its body.
            """)

    @OptionGroup(title: "Server options")
    var server: MockServerOptions

    @OptionGroup(title: "Answer options")
    var answers: MockAnswerOptions

    @OptionGroup(title: "Fault options")
    var faults: MockFaultOptions

    func run() async throws {
        var logger = Logger(label: "refrain.mock-provider")
        logger.logLevel = .notice
        var configuration = MockProviderConfiguration()
        server.apply(to: &configuration)
        try answers.apply(to: &configuration.behavior)
        try faults.apply(to: &configuration.behavior)

        let mock = MockProviderServer(configuration: configuration, logger: logger)
        do {
            let port = try await mock.start()
            print("listening on http://\(configuration.host):\(port)/v1")
            // Whoever starts the mock on a free port reads that line from a pipe, which would be kept in a buffer.
            fflush(nil)
            let group = ServiceGroup(
                services: [mock], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await group.run()
        } catch {
            await mock.shutdown()
            throw error
        }
    }
}
