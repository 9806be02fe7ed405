import ArgumentParser
import Embedding
import FoundationEssentials
import GatewayCore
import NIOCore
import SemanticCache

/// `refrain cache calibrate`: learns how far an encoder's cosines are to be trusted.
struct CacheCalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Learn an encoder's calibration from labelled pairs of questions.",
        discussion: """
            Reads pairs from JSON lines, {"a", "b", "same"}, or from a .csv file whose first line names the columns a, \
            b and same; same is 1 (or true) when one answer serves both. Prints the table of calibrations with the new \
            row, or writes it to --output, whose other rows stay. Each file counts the same, however long it is.
            """)

    @Argument(help: "Files of pairs.", completion: .file())
    var files: [String]

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The table to add the row to.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var output: String?

    @Option(help: ArgumentHelp("Where the pairs are from, and under which licence.", valueName: "text"))
    var provenance: String

    @OptionGroup var model: BenchModelOption

    func run() async throws {
        let sets = try files.map { try LabelledPairs(path: $0) }
        var configuration = EmbeddingConfiguration()
        configuration.modelDirectory = model.modelDir
        configuration.longText = .truncate
        let embedder = try LocalEmbedder(configuration: configuration)
        var samples: [CalibrationTraining.Sample] = []
        for set in sets {
            let vectors = try await Self.vectors(of: set.texts, by: embedder)
            samples.append(PairNeighbourhood(set, vectors: vectors).sample)
        }
        let identity = embedder.identity
        await embedder.close()
        guard let calibration = CalibrationTraining.fit(samples) else {
            throw ValidationError("the pairs do not tell right from wrong: there must be some of both kinds")
        }
        var table = CalibrationTable()
        if let output, FileManager.default.fileExists(atPath: output) {
            table = try CalibrationTable(json: ByteBuffer(string: TextFile.contents(of: output)))
        }
        table.set(.init(encoder: identity, calibration: calibration, provenance: provenance))
        let text = String(buffer: table.json)
        guard let output else { return print(text, terminator: "") }
        try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
    }

    private static func vectors(of texts: [String], by embedder: LocalEmbedder) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: 256) {
            BenchProgress.show("embedding text \(start) of \(texts.count)")
            let batch = texts[start..<min(start + 256, texts.count)]
            let found = try await withThrowingTaskGroup(of: (Int, EmbeddingVector).self) { group in
                for (index, text) in zip(batch.indices, batch) {
                    group.addTask { (index, try await embedder.embed(text)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            vectors += batch.indices.map { found[$0]?.components ?? [] }
        }
        BenchProgress.clear()
        return vectors
    }
}
