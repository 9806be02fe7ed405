import Embedding

/// How fast texts are cut into tokens on one thread.
enum TokenizerBench {
    /// One kind of text. Averages over all its texts, of the fastest of several passes.
    struct Row: Codable {
        let kind: String
        /// Of each text, with [CLS] and [SEP].
        let tokens: Int
        let microsecondsPerText: Double

        var tokensPerSecond: Double { Double(tokens) / microsecondsPerText * 1e6 }
    }

    /// A text that is measured, for others to measure the same.
    struct Sample: Codable {
        let kind: String
        let tokens: Int
        let text: String
    }

    /// Different texts of a kind: with only one, the processor learns its branches by heart.
    private static let textsPerKind = 64

    /// Loads the tokenizer of the model in `modelDirectory` and measures it on the calling thread, for about a second.
    static func run(modelDirectory: String) throws -> [Row] {
        let tokenizer = try tokenizer(of: modelDirectory)
        return kinds(for: tokenizer).map { kind in
            BenchProgress.show("tokenizer, \(kind[0].kind)")
            let repetitions = max(1, 40_000 / (kind[0].tokens * kind.count))
            var tokens = 0
            let clock = ContinuousClock()
            let fastest = (0..<7).map { _ in
                clock.measure {
                    for _ in 0..<repetitions {
                        for sample in kind { tokens &+= tokenizer.tokenize(sample.text).ids.count }
                    }
                }
            }.min() ?? .zero
            let each = fastest.inMicroseconds / Double(repetitions * kind.count)
            return Row(kind: kind[0].kind, tokens: kind[0].tokens, microsecondsPerText: each)
        }
    }

    /// What ``run(modelDirectory:)`` measures.
    static func samples(modelDirectory: String) throws -> [Sample] {
        kinds(for: try tokenizer(of: modelDirectory)).flatMap { $0 }
    }

    static func table(_ rows: [Row]) -> TextTable {
        var table = TextTable(["tokenizer, one thread", "µs/text", "10^6 tokens/s"])
        for row in rows {
            table.add([row.kind, Figure.text(row.microsecondsPerText), Figure.text(row.tokensPerSecond / 1e6)])
        }
        return table
    }

    static func bars(_ rows: [Row]) -> [Bar] {
        [
            Bar(
                goal: "1,000,000 tokens, the slowest kind of text ≤ 1,000 ms", limit: 1_000,
                measured: rows.map { 1e9 / $0.tokensPerSecond }.max()),
            Bar(
                goal: "tokens of a text of 16 ≤ the tokenizers library's 20 µs", limit: 20,
                measured: rows.first { $0.tokens == 16 }?.microsecondsPerText, source: Bar.published),
        ]
    }

    private static func tokenizer(of directory: String) throws -> WordPieceTokenizer {
        WordPieceTokenizer(model: try TokenizerModel(path: directory + "/tokenizer.json"), maximumLength: 512)
    }

    private static func kinds(for tokenizer: WordPieceTokenizer) -> [[Sample]] {
        let plain = [12, 16, 128, 256].map { tokens in
            texts(of: tokens, for: tokenizer).map { Sample(kind: "\(tokens) tokens", tokens: tokens, text: $0) }
        }
        // An accent is stripped, so these have the tokens of the texts they are made of.
        let accented = plain[1].map { sample in
            let text = String(sample.text.map { $0 == "e" ? "é" : $0 })
            return Sample(kind: "16 tokens, accents", tokens: sample.tokens, text: text)
        }
        return (plain + [accented]).filter { !$0.isEmpty }
    }

    /// Questions of a help desk, one behind the other, each text from another place and cut to exactly `tokens`.
    private static func texts(of tokens: Int, for tokenizer: WordPieceTokenizer) -> [String] {
        var random = BenchRandom(seed: UInt64(tokens))
        var texts: [String] = []
        while texts.count < textsPerKind {
            var words: [Substring] = []
            while words.count < tokens {
                let number = Int.random(in: 0..<100_000, using: &random)
                words += Questions.rewording(number).split(separator: " ")
            }
            let counts = (1...words.count).map { tokenizer.tokenize(words[..<$0].joined(separator: " ")).ids.count }
            // Some word may have two tokens just there: then another text is drawn.
            guard let length = counts.firstIndex(of: tokens) else { continue }
            texts.append(words[...length].joined(separator: " "))
        }
        return texts
    }
}
