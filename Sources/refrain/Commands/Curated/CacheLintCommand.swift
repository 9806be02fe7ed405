import ArgumentParser
import CurlClient
import Embedding
import GatewayConfig
import GatewayCore
import Logging
import NIOCore
import Pipeline
import SemanticCache
import Telemetry

/// `refrain cache lint`: looks for answers that would be served in each other's place.
struct CacheLintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check a file of answers before it is imported.",
        discussion: """
            Reports lines that cannot be used, and pairs of questions of different answers whose cosine is above 0.85 \
            and that nothing in their words tells apart: a number, a name, a negation, a distractor. Ask them more \
            clearly, or write each down as a distractor of the other. Needs the encoder and no Redis. The exit \
            status is 1 when something was found.
            """)

    @OptionGroup var options: ConfigurationOption

    @Argument(help: "The file to read.", completion: .file(extensions: ["jsonl", "ndjson", "csv"]))
    var file: String

    func run() async throws {
        let configuration = try await options.load()
        let lines = try CuratedFile(file)
        LoggingSystem.bootstrap { LogConsole(label: $0, level: .error) }
        let curl = try CurlClient(configuration: configuration.curl)
        let encoder = Encoder(
            configuration: configuration.embedding, isWanted: true, curl: curl, logger: Logger(label: "refrain"))
        guard let embedder = encoder.embedder else {
            await curl.shutdown()
            throw ValidationError("without an encoder nothing can be compared; see embedding.provider")
        }
        var lint = CuratedLint(dimension: embedder.identity.dimension)
        var names = CuratedNames()
        var progress = Progress(of: lines.size, label: "comparing")
        var (answers, mistakes, collisions) = (0, 0, 0)
        while let next = try lines.next() {
            for line in next {
                let answer: CuratedAnswer
                switch names.checked(line).content {
                case .success(let read): answer = read
                case .failure(let mistake):
                    mistakes += 1
                    progress.interrupt("\(file):\(line.number): \(mistake)")
                    continue
                }
                let vectors = await CuratedVectors.of(answer.questions, by: embedder)
                for collision in await lint.add(answer, line: line.number, vectors: vectors) {
                    collisions += 1
                    progress.interrupt("\(file):\(line.number): \(Self.text(collision))")
                }
                answers += 1
                progress.advance(to: lines.offset, saying: "\(answers) answers")
            }
        }
        lint.shutdown()
        await encoder.shutdown()
        await curl.shutdown()
        progress.finish(
            """
            \(Plural.count(answers, "answer")), \(Plural.count(mistakes, "line")) that cannot be used, \
            \(Plural.count(collisions, "collision"))
            """)
        if mistakes + collisions > 0 { throw ExitCode(1) }
    }

    private static func text(_ collision: CuratedLint.Collision) -> String {
        let (first, second) = (collision.first, collision.second)
        return """
            '\(second.answer)' “\(second.question)” collides with '\(first.answer)' “\(first.question)” \
            (line \(first.line)), cosine \(Decimal.text(Double(collision.similarity), digits: 3))
            """
    }
}
