import Embedding
import GatewayCore

/// How fast the local encoder is on this machine: load, tokenizer, and each backend on short texts, long ones and a
/// batch.
struct EmbeddingBench {
    private static let lengths = [12, 16, 64, 256]
    private static let rounds = 40
    private static let batchRounds = 8
    private static let batchSize = 32

    private static let sentence =
        "Hello, I was charged twice for order 10482 last week; could you please refund the second payment to my card? "

    /// Loads the model in `modelDirectory` and measures it on the calling thread. Takes a few seconds.
    static func run(modelDirectory: String) throws -> EmbeddingFigures {
        let clock = ContinuousClock()
        var loaded: LocalModel?
        let load = try clock.measure { loaded = try LocalModel(directory: modelDirectory, maximumTokens: 256) }
        guard let model = loaded else {
            throw EmbeddingError(.modelMissing, "\(modelDirectory) was not loaded")
        }
        let before = residentBytes()
        var chosen: BackendChoice?
        let choosing = clock.measure { chosen = BackendChoice(model, precision: .auto) }
        let resident = residentBytes()
        let ids = model.tokenizer.tokenize(String(repeating: sentence, count: 20)).ids
        let rounds = 2_000
        var tokens = 0
        let tokenizing = best(of: 3, clock) {
            tokens = 0
            for _ in 0..<rounds { tokens += model.tokenizer.tokenize(sentence).ids.count }
        }
        return EmbeddingFigures(
            loadMilliseconds: load.inMilliseconds, choiceMilliseconds: choosing.inMilliseconds,
            chosen: chosen?.backend.name ?? "none", backends: measure(backends(model), ids, clock),
            tokensPerSecond: Double(tokens) / (tokenizing / .seconds(1)),
            residentMiB: Double(resident) / 1_048_576, backendMiB: Double(resident - before) / 1_048_576)
    }

    /// All that this processor has instructions for and that are true to the reference.
    private static func backends(_ model: LocalModel) -> [any EncoderBackend] {
        var backends: [any EncoderBackend] = [BLASBackend(model.weights)]
        for precision in [EncoderPrecision.f32, .bf16, .int8] {
            let choice = BackendChoice(model, precision: precision)
            if choice.refusals.isEmpty, !backends.contains(where: { $0.name == choice.backend.name }) {
                backends.append(choice.backend)
            }
        }
        return backends
    }

    /// The backends take turns, so that a moment in which the machine is busy falls on all of them.
    private static func measure(
        _ backends: [any EncoderBackend], _ ids: [Int32], _ clock: ContinuousClock
    ) -> [EmbeddingFigures.Backend] {
        let encoders = backends.map { $0.makeEncoder(tokenCapacity: 2048, longest: 256) }
        var inputs = lengths.map { [Array(ids.prefix($0 - 1)) + ids.suffix(1)] }
        inputs.append(Array(repeating: Array(ids.prefix(15)) + ids.suffix(1), count: batchSize))
        var figures = backends.map {
            EmbeddingFigures.Backend(name: $0.name, milliseconds: Array(repeating: .infinity, count: inputs.count))
        }
        for (column, texts) in inputs.enumerated() {
            let isLong = texts.reduce(0) { $0 + $1.count } > 64
            for _ in 0..<(isLong ? batchRounds : rounds) {
                for (row, encoder) in encoders.enumerated() {
                    // Some passes on end: a first one finds the caches full of the others' weights.
                    let passes = isLong ? 3 : 8
                    for _ in 0..<passes {
                        let time = clock.measure { _ = encoder.encode(texts) }.inMilliseconds
                        figures[row].milliseconds[column] = min(figures[row].milliseconds[column], time)
                    }
                }
            }
        }
        return figures
    }

    private static func best(of repetitions: Int, _ clock: ContinuousClock, _ body: () -> Void) -> Duration {
        (0..<repetitions).map { _ in clock.measure(body) }.min() ?? .zero
    }
}
