/// What `EmbeddingBench` measured, with units in the names.
struct EmbeddingFigures: Codable {
    /// One backend's times for the columns of `columns`, the best of many.
    struct Backend: Codable {
        let name: String
        var milliseconds: [Double]
    }

    /// What was encoded.
    private static let columns = ["12 tokens", "16", "64", "256", "32 × 16"]

    let loadMilliseconds: Double
    /// Packing the weights of the backend that is used, and trying it.
    let choiceMilliseconds: Double
    let chosen: String
    let backends: [Backend]
    let tokensPerSecond: Double
    let residentMiB: Double
    /// What the chosen backend added to it.
    let backendMiB: Double

    var table: TextTable {
        var table = TextTable(["encoder, one thread, ms"] + Self.columns)
        for backend in backends {
            let mark = backend.name == chosen ? " (used)" : ""
            table.add([backend.name + mark] + backend.milliseconds.map(Figure.text))
        }
        return table
    }

    var notes: String {
        """
        load of the model: \(Figure.text(loadMilliseconds)) ms, choice of the backend: \
        \(Figure.text(choiceMilliseconds)) ms; resident: \(Figure.text(residentMiB)) MiB, \
        \(Figure.text(backendMiB)) of them the backend's
        tokenizer: \(Int(tokensPerSecond)) tokens/s
        """
    }

    var bars: [Bar] {
        guard let used = backends.first(where: { $0.name == chosen }) else { return [] }
        return [
            Bar(
                goal: "embedding of 16 tokens ≤ 0.6 × onnxruntime int8 (0.94 ms) = 0.56 ms", limit: 0.6 * 0.94,
                measured: used.milliseconds[1], source: Bar.published)
        ]
    }
}
