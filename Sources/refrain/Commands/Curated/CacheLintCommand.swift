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
            clearly, or write each down as a distractor of the other. A question that is longer than the encoder \
            reads is reported and compared with nothing: only the same question finds its answer. Needs the encoder \
            and no Redis. The exit status is 1 when something was found, or when the encoder failed.
            """)

    @OptionGroup var options: ConfigurationOption

    /// Texts that wait for the encoder at once. Only this command asks it.
    private static let textsAtOnce = 64

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
        let found: Found
        do {
            found = try await compare(lines, by: embedder.base)
        } catch {
            await Self.close(encoder, curl)
            if let refusal = error as? GatewayError {
                StandardError.write("\(refusal.message)\n")
                throw ExitCode(1)
            }
            throw error
        }
        await Self.close(encoder, curl)
        if found.mistakes + found.collisions > 0 { throw ExitCode(1) }
    }

    private static func close(_ encoder: Encoder, _ curl: CurlClient) async {
        await encoder.shutdown()
        await curl.shutdown()
    }

    /// What was found, in numbers.
    private struct Found {
        var answers = 0
        var mistakes = 0
        var collisions = 0
        /// Questions without a vector.
        var unread = 0
    }

    /// Reads the file and reports what is wrong with it.
    /// - Throws: also when the encoder fails: what was not compared is not passed.
    private func compare(_ lines: CuratedFile, by embedder: any Embedder) async throws -> Found {
        let vectors = CuratedVectors(embedder, textsAtOnce: Self.textsAtOnce)
        var lint = CuratedLint(dimension: embedder.identity.dimension)
        defer { lint.shutdown() }
        var names = CuratedNames()
        var progress = Progress(of: lines.size, label: "comparing")
        var found = Found()
        while let next = try lines.next() {
            for line in next {
                let answer: CuratedAnswer
                switch names.checked(line).content {
                case .success(let read): answer = read
                case .failure(let mistake):
                    found.mistakes += 1
                    progress.interrupt("\(file):\(line.number): \(mistake)")
                    continue
                }
                let known = try await vectors.of(answer.questions)
                for question in answer.questions where known[question] == nil {
                    found.unread += 1
                    let text = CellText.short(question, 60)
                    progress.interrupt(
                        "\(file):\(line.number): “\(text)” is longer than the encoder reads: compared with nothing")
                }
                let all = answer.questions.map { known[$0] }
                for collision in try await lint.add(answer, line: line.number, vectors: all) {
                    found.collisions += 1
                    progress.interrupt("\(file):\(line.number): \(Self.text(collision))")
                }
                found.answers += 1
                let answers = found.answers
                progress.advance(to: lines.offset, saying: "\(answers) answers")
            }
        }
        progress.finish(
            """
            \(Plural.count(found.answers, "answer")), \(Plural.count(found.mistakes, "line")) that cannot be used, \
            \(Plural.count(found.collisions, "collision"))\
            \(found.unread > 0 ? ", \(Plural.count(found.unread, "question")) compared with nothing" : "")
            """)
        return found
    }

    private static func text(_ collision: CuratedLint.Collision) -> String {
        let (first, second) = (collision.first, collision.second)
        return """
            '\(second.answer)' “\(second.question)” collides with '\(first.answer)' “\(first.question)” \
            (line \(first.line)), cosine \(Decimal.text(Double(collision.similarity), digits: 3))
            """
    }
}
