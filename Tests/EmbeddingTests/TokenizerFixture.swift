import Foundation

@testable import Embedding

/// A tokenizer with a handful of pieces, for tests that need no model.
enum TokenizerFixture {
    static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "a", "##a", "want", "##ed", "runn",
        "##ing", ",", "low", "##er", "!", "[", "]", "sep", "se", "##p", "#", "中", "국", "e", "ा", "##ा",
    ]

    static func json(lowercase: Bool = true, stripAccents: String = "null", clean: Bool = true) -> String {
        let vocabulary = pieces.enumerated().map { "\"\($0.element)\":\($0.offset)" }.joined(separator: ",")
        let special = (0..<5).map { "{\"id\":\($0),\"content\":\"\(pieces[$0])\",\"special\":true}" }
            .joined(separator: ",")
        return """
            {"truncation":{"max_length":4},"added_tokens":[\(special)],
             "normalizer":{"type":"BertNormalizer","clean_text":\(clean),"handle_chinese_chars":true,
                           "strip_accents":\(stripAccents),"lowercase":\(lowercase)},
             "pre_tokenizer":{"type":"BertPreTokenizer"},
             "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
                      "max_input_chars_per_word":20,"vocab":{\(vocabulary)}}}
            """
    }

    static func model(_ json: String = json()) throws -> TokenizerModel {
        try ModelFolder.with(["tokenizer.json": Array(json.utf8)]) { try TokenizerModel(path: $0 + "/tokenizer.json") }
    }

    static func tokenizer(
        _ json: String = json(), length: Int = 64, rule: SpecialTokenRule = .escape
    ) throws -> WordPieceTokenizer {
        WordPieceTokenizer(model: try model(json), maximumLength: length, specialTokens: rule)
    }

    /// The pieces of `text` without [CLS] and [SEP].
    static func cut(_ text: String, with tokenizer: WordPieceTokenizer) -> [String] {
        tokenizer.tokenize(text).ids.dropFirst().dropLast().map { pieces[Int($0)] }
    }
}
