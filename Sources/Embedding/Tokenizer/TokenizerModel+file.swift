import GatewayCore

/// Reading `tokenizer.json`.
extension TokenizerModel {
    /// Reads the file at `path`. Throws `.modelMissing` or `.modelInvalid` with the path and what was expected.
    package init(path: String) throws(EmbeddingError) {
        let file = try ModelFile(path: path)
        let root = try file.json()
        let normalizer = try file.object(root, "normalizer", type: "BertNormalizer")
        _ = try file.object(root, "pre_tokenizer", type: "BertPreTokenizer")
        let model = try file.object(root, "model", type: "WordPiece")

        let lowercases = normalizer["lowercase"]?.bool ?? true
        self.lowercases = lowercases
        // An absent or null strip_accents follows lowercase.
        self.stripsAccents = normalizer["strip_accents"]?.bool ?? lowercases
        self.cleansText = normalizer["clean_text"]?.bool ?? true
        self.separatesIdeographs = normalizer["handle_chinese_chars"]?.bool ?? true
        self.longestWord = model["max_input_chars_per_word"]?.integer ?? 100
        let prefix = model["continuing_subword_prefix"]?.string ?? "##"
        let unknown = model["unk_token"]?.string ?? "[UNK]"
        guard (1...1000).contains(longestWord) else {
            throw file.invalid("max_input_chars_per_word must be 1 to 1000, not \(longestWord)")
        }

        let words = try Self.readVocabulary(of: model, prefix: prefix, named: ["[CLS]", "[SEP]", unknown], in: file)
        self.vocabulary = words.vocabulary
        self.highestID = words.highest
        guard let first = words.named["[CLS]"], let last = words.named["[SEP]"], let other = words.named[unknown] else {
            throw file.invalid("the vocabulary must hold [CLS], [SEP] and \(unknown)")
        }
        self.classificationID = first
        self.separatorID = last
        self.unknownID = other
        self.specialTokens = try Self.readSpecialTokens(of: root, highest: words.highest, in: file)
    }

    private struct Words {
        var vocabulary = Vocabulary()
        var named: [String: Int32] = [:]
        var highest: Int32 = 0
    }

    private static func readVocabulary(
        of model: JSONElement, prefix: String, named: Set<String>, in file: ModelFile
    ) throws(EmbeddingError) -> Words {
        guard let entries = model["vocab"], entries.kind == .object else {
            throw file.invalid("model.vocab must be an object of pieces and ids")
        }
        var words = Words()
        for entry in entries.members {
            let piece = entry.name
            guard let number = entry.value.integer, let id = Int32(exactly: number), id >= 0 else {
                throw file.invalid("the id of “\(piece)” must be a whole number from 0, not \(entry.value.kind)")
            }
            // By bytes: as characters, a prefix and a combining mark behind it are one.
            let continues = piece.utf8.starts(with: prefix.utf8) && piece.utf8.count > prefix.utf8.count
            let bytes = continues ? piece.utf8.dropFirst(prefix.utf8.count) : piece.utf8[...]
            guard words.vocabulary.insert(bytes, id: id, continuing: continues) else {
                throw file.invalid("the vocabulary is too large")
            }
            words.highest = max(words.highest, id)
            if named.contains(piece) { words.named[piece] = id }
        }
        return words
    }

    private static func readSpecialTokens(
        of root: JSONElement, highest: Int32, in file: ModelFile
    ) throws(EmbeddingError) -> [SpecialToken] {
        var tokens: [SpecialToken] = []
        guard let added = root["added_tokens"] else { return [] }
        for token in added.elements {
            guard let content = token["content"]?.string, !content.isEmpty,
                let number = token["id"]?.integer, let id = Int32(exactly: number), (0...highest).contains(id)
            else { throw file.invalid("each of added_tokens must have a content and an id of the vocabulary") }
            tokens.append(SpecialToken(content: Array(content.utf8), id: id))
        }
        // Of two that begin alike the longer one is meant.
        return tokens.sorted { $0.content.count > $1.content.count }
    }
}
