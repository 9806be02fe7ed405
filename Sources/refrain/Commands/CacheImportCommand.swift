import ArgumentParser
import CurlClient
import Embedding
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import NIOPosix
import RedisClient
import RedisStores
import RequestAnalysis
import SemanticCache
import Telemetry

/// `refrain cache import`: answers that are known beforehand.
struct CacheImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Store prepared questions and answers.",
        discussion: """
            Reads JSON lines: {"id", "question", "variants"?, "answer"}. A line that cannot be used is reported with \
            its number and the rest goes on; the exit status is then 1. Importing again replaces what was imported.

            Answers are found by requests that are like --request but for the question: the same model, system prompt, \
            tools and parameters. Without --request that is a single user message and nothing else.
            """)

    @OptionGroup var options: ConfigurationOption

    @Option(name: .shortAndLong, help: "The model name clients ask for.")
    var model: String

    @Option(help: "The tenant whose callers get the answers.")
    var tenant = "default"

    @Option(help: "The namespace inside the tenant.")
    var namespace = ""

    @Option(help: "A chat completion request as JSON; its last user message stands for the question.",
        completion: .file(extensions: ["json"]))
    var request: String?

    @Argument(help: "The file to read.", completion: .file(extensions: ["jsonl"]))
    var file: String

    func run() async throws {
        let configuration = try await options.load()
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let logger = Logger(label: "refrain")
        let lines = try TextFile.lines(of: file)
        let redis = try await RedisClient.forCommand(configuration.redis, logger: logger)
        let curl = try CurlClient(configuration: configuration.curl)
        let encoder = Encoder(
            configuration: configuration.embedding, isWanted: configuration.cache.mode == .semantic, curl: curl,
            logger: logger)
        let analyzer = RequestAnalyzer(configuration: configuration.analysis)
        let importer = CacheImporter(
            analyzer: analyzer, embedder: encoder.embedder,
            writer: CacheWriter(
                store: RedisCacheStore(redis: redis, codec: EntryCodec(configuration)),
                configuration: configuration.cache),
            scope: CacheScope(tenant: TenantID(tenant), namespace: namespace), template: try template(analyzer))
        let bad = await store(lines, with: importer)
        await redis.shutdown()
        await encoder.shutdown()
        await curl.shutdown()
        if bad > 0 { throw ExitCode(1) }
    }

    /// - Returns: how many lines could not be used.
    private func store(_ lines: [String], with importer: CacheImporter) async -> Int {
        // With their numbers in the file; a blank line is nobody's answer.
        let filled = lines.enumerated().filter { $0.element.contains { !$0.isWhitespace } }
        var progress = Progress(of: filled.count, label: "importing")
        var bad = 0
        for (done, (index, line)) in filled.enumerated() {
            do {
                try await importer.store(FAQLine(line))
            } catch {
                bad += 1
                progress.interrupt("\(file):\(index + 1): \(error)")
            }
            progress.advance(to: done + 1)
        }
        progress.finish("imported \(filled.count - bad) of \(filled.count) lines for the model \(model)")
        return bad
    }

    private func template(_ analyzer: RequestAnalyzer) throws -> ChatRequest {
        var body = ByteBuffer()
        if let request {
            body.writeString(try TextFile.contents(of: request))
        } else {
            body.writeString("{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}")
        }
        let document = try JSONDocument(body)
        var name = ByteBuffer()
        name.writeJSONString(model)
        var splice = JSONSplice(document)
        splice.set("model", of: document.root, to: name)
        return try analyzer.parse(splice.apply())
    }
}
