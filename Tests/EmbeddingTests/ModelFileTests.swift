import Foundation
import GatewayCore
import GatewayTesting
import Testing

@testable import Embedding

@Suite("Model files")
struct ModelFileTests {
    private func load(_ files: [String: [UInt8]]) throws {
        _ = try ModelFolder.with(files) { try LocalModel(directory: $0, maximumTokens: 32) }
    }

    private func expectRefusal(
        _ files: [String: [UInt8]], _ code: EmbeddingErrorCode, naming part: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: EmbeddingError.self, sourceLocation: sourceLocation) { try load(files) }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
    }

    @Test("A whole model loads")
    func whole() throws {
        try load(SafetensorsFixture.files())
    }

    @Test("Each missing file is named", arguments: ["model.safetensors", "config.json", "tokenizer.json"])
    func missing(name: String) {
        var files = SafetensorsFixture.files()
        files[name] = nil
        expectRefusal(files, .modelMissing, naming: name)
    }

    @Test("Weights cut short anywhere are refused, with the file's name")
    func truncated() {
        let whole = SafetensorsFixture.file()
        let cuts = Array(0..<64) + Array(stride(from: 64, to: whole.count, by: 397)) + [whole.count - 1]
        for cut in cuts {
            var files = SafetensorsFixture.files()
            files["model.safetensors"] = Array(whole[..<cut])
            expectRefusal(files, .modelInvalid, naming: "model.safetensors")
        }
    }

    @Test("Weights with random bytes changed in the header load or are refused, and never trap", arguments: 1...4)
    func corrupted(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let whole = SafetensorsFixture.file()
        for _ in 0..<60 {
            var bytes = whole
            for _ in 0..<3 {
                let position = Int.random(in: 0..<3_000, using: &generator)
                bytes[position] = UInt8.random(in: 0...255, using: &generator)
            }
            var files = SafetensorsFixture.files()
            files["model.safetensors"] = bytes
            do {
                try load(files)
            } catch let error as EmbeddingError {
                #expect(error.code == .modelInvalid, "seed \(seed)")
            }
        }
    }

    @Test("A header that lies is refused with what was expected", arguments: [
        ("\"dtype\":\"F32\",\"shape\":[29, 16]", "\"dtype\":\"F16\",\"shape\":[29, 16]", "must be F32"),
        ("\"shape\":[29, 16]", "\"shape\":[16, 29]", "must have shape [29, 16]"),
        ("\"shape\":[29, 16]", "\"shape\":[29, 17]", "does not take"),
        ("\"shape\":[29, 16]", "\"shape\":[9223372036854775807, 16]", "too large"),
        ("\"shape\":[29, 16]", "\"shape\":[-29, 16]", "must have a shape"),
        ("[0,1856]", "[1856,0]", "must lie within"), ("[0,1856]", "[0,99999999]", "must lie within"),
        ("[0,1856]", "[0]", "two data_offsets"),
        ("embeddings.LayerNorm.bias", "embeddings.LayerNorm.beta", "embeddings.LayerNorm.bias is missing"),
        ("embeddings.LayerNorm.bias", "embeddings.LayerNorm.weight", "twice"),
    ])
    func lies(original: String, lie: String, expectation: String) {
        var files = SafetensorsFixture.files()
        files["model.safetensors"] = SafetensorsFixture.file {
            let parts = $0.components(separatedBy: original)
            #expect(parts.count > 1)
            return parts.joined(separator: lie)
        }
        expectRefusal(files, .modelInvalid, naming: expectation)
    }

    @Test("A configuration this encoder cannot run is refused", arguments: [
        ("\"bert\"", "\"gpt2\"", "model_type must be bert, not gpt2"),
        ("\"gelu\"", "\"relu\"", "hidden_act must be gelu, not relu"),
        ("\"num_attention_heads\":2", "\"num_attention_heads\":3", "must be a multiple"),
        ("\"hidden_size\":16", "\"hidden_size\":0", "hidden_size must be 1"),
        ("\"num_hidden_layers\":2", "\"layers\":2", "num_hidden_layers must be 1 to 128, not absent"),
        ("\"vocab_size\":29", "\"vocab_size\":28", "must be below vocab_size 28"),
        ("{\"model_type\"", "[\"model_type\"", "must be JSON"),
    ])
    func configuration(original: String, other: String, expectation: String) {
        var files = SafetensorsFixture.files()
        let text = SafetensorsFixture.configuration.components(separatedBy: original).joined(separator: other)
        files["config.json"] = Array(text.utf8)
        expectRefusal(files, .modelInvalid, naming: expectation)
    }

    @Test("A tokenizer of another kind, or without its control tokens, is refused", arguments: [
        ("BertNormalizer", "NFKC", "normalizer.type must be BertNormalizer, not NFKC"),
        ("\"WordPiece\"", "\"BPE\"", "model.type must be WordPiece, not BPE"),
        ("\"[CLS]\":2", "\"[CLX]\":2", "must hold [CLS], [SEP]"), ("\"low\":15", "\"low\":-1", "the id of “low”"),
        ("\"max_input_chars_per_word\":20", "\"max_input_chars_per_word\":0", "max_input_chars_per_word"),
    ])
    func tokenizer(original: String, other: String, expectation: String) {
        var files = SafetensorsFixture.files()
        let text = TokenizerFixture.json().components(separatedBy: original).joined(separator: other)
        files["tokenizer.json"] = Array(text.utf8)
        expectRefusal(files, .modelInvalid, naming: expectation)
    }

    @Test("The identity changes with the weights, the tokenizer and the length, and with nothing else")
    func identity() throws {
        func identity(_ files: [String: [UInt8]], length: Int = 32) throws -> String {
            try ModelFolder.with(files) { try LocalModel(directory: $0, maximumTokens: length).identity.fingerprint }
        }
        let files = SafetensorsFixture.files()
        var others = Set([try identity(files)])
        #expect(try identity(files) == others.first)
        var changed = files
        changed["model.safetensors"] = SafetensorsFixture.file(seed: 2)
        others.insert(try identity(changed))
        changed = files
        changed["tokenizer.json"] = Array(TokenizerFixture.json(lowercase: false).utf8)
        others.insert(try identity(changed))
        others.insert(try identity(files, length: 33))
        #expect(others.count == 4)
    }
}
