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
        abstract: "Run a deterministic provider with the HTTP interfaces of OpenAI, Anthropic, Google and Amazon.",
        discussion: """
            Serves, whole and streamed: OpenAI's /v1/chat/completions and /v1/responses, Anthropic's /v1/messages \
            (and count_tokens), Google's /v1beta/models/{model}:generateContent and :streamGenerateContent (also at \
            Vertex' paths; countTokens, embedContent, batchEmbedContents, predict), Amazon Bedrock's \
            /model/{id}/converse and converse-stream; /v1/embeddings and the lists of models. The same request always \
            gets the same answer. GET /mock/stats shows the counters, POST /mock/reset clears them.

            A request's functions are called when it demands that, or once for each time its last user message names \
            one. A schema of the answer is answered by an instance of it.

            Every answer and fault option below can be set for one request by a header: \
            \(MockKnob.allCases.map(\.headerName).joined(separator: ", ")).

            Frames are counted from 1 over all that a stream sends: 'data:' lines with [DONE], elements of Google's \
            array, Amazon's messages. An answer that is not streamed is cut or stalls after half of its body.
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
