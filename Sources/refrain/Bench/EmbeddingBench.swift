import Embedding
import GatewayCore

/// How fast the local encoder is on this machine: load, tokenizer, one short text, a full batch.
struct EmbeddingBench {
    /// Figures of one run. Times are the best of several repetitions, which leaves out what else the machine did.
    struct Report: Sendable, CustomStringConvertible {
        var load: Duration
        /// Forward pass of one text of 16 tokens.
        var single: Duration
        /// Forward pass of 32 texts of 16 tokens.
        var batch: Duration
        /// Forward pass of one text of 256 tokens.
        var longest: Duration
        var tokensPerSecond: Double
        /// Resident memory in bytes after everything; zero where it cannot be read.
        var residentBytes: Int

        var description: String {
            """
            model load            \(load)
            1 × 16 tokens         \(single)
            32 × 16 tokens        \(batch)
            1 × 256 tokens        \(longest)
            tokenizer, tokens/s   \(Int(tokensPerSecond))
            resident memory, MiB  \(residentBytes >> 20)
            """
        }
    }

    private static let sentence =
        "Hello, I was charged twice for order 10482 last week; could you please refund the second payment to my card? "

    /// Loads the model in `modelDirectory` and measures it on the calling thread. Takes a few seconds.
    static func run(modelDirectory: String) throws -> Report {
        let clock = ContinuousClock()
        var loaded: LocalModel?
        let load = try clock.measure { loaded = try LocalModel(directory: modelDirectory, maximumTokens: 256) }
        guard let model = loaded else {
            throw EmbeddingError(.modelMissing, "\(modelDirectory) was not loaded")
        }
        let encoder = BertEncoder(weights: model.weights, tokenCapacity: 2048, longest: 256)
        let ids = model.tokenizer.tokenize(String(repeating: sentence, count: 20)).ids
        let short = Array(ids.prefix(15)) + ids.suffix(1)
        let single = best(of: 60, clock) { _ = encoder.encode([short]) }
        let batch = best(of: 8, clock) { _ = encoder.encode(Array(repeating: short, count: 32)) }
        let longest = best(of: 8, clock) { _ = encoder.encode([ids]) }

        let rounds = 2_000
        var tokens = 0
        let tokenizing = best(of: 3, clock) {
            tokens = 0
            for _ in 0..<rounds { tokens += model.tokenizer.tokenize(sentence).ids.count }
        }
        return Report(
            load: load, single: single, batch: batch, longest: longest,
            tokensPerSecond: Double(tokens) / (tokenizing / .seconds(1)), residentBytes: residentBytes())
    }

    private static func best(of repetitions: Int, _ clock: ContinuousClock, _ body: () -> Void) -> Duration {
        (0..<repetitions).map { _ in clock.measure(body) }.min() ?? .zero
    }
}
