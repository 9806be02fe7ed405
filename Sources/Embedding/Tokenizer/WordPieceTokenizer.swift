/// Text to token ids, as the reference implementation of BERT's tokenizer does it.
///
/// Clean, separate ideographs, decompose and strip accents, lower-case, split at spaces and around punctuation, cut
/// each word into pieces. Text beyond the length limit is not looked at, so the work is bounded by the limit and by the
/// length of single words, not by the text.
package struct WordPieceTokenizer: Sendable {
    /// Tokens of the longest result, [CLS] and [SEP] included.
    package let maximumLength: Int
    let model: TokenizerModel
    private let specialTokens: [TokenizerModel.SpecialToken]
    private let classes: [ASCIIClass]

    /// - Parameter maximumLength: at least 3, to leave room for a token between [CLS] and [SEP].
    package init(model: TokenizerModel, maximumLength: Int, specialTokens: SpecialTokenRule = .escape) {
        self.model = model
        self.maximumLength = max(maximumLength, 3)
        self.specialTokens = specialTokens == .recognise ? model.specialTokens : []
        self.classes = (0..<128).map { ASCIIClass($0, model: model) }
    }

    /// The tokens of `text`. Never fails: what the vocabulary does not hold is the unknown token.
    package func tokenize(_ text: String) -> TokenizedText {
        let bytes = text.utf8.span
        var writer = PieceWriter(
            model: model, first: model.classificationID, limit: maximumLength - 1, textBytes: bytes.count)
        var run = ScalarRun(model: model)
        var position = 0
        while position < bytes.count, !writer.isFull {
            if !specialTokens.isEmpty, let special = specialToken(at: position, in: bytes) {
                run.end(into: &writer)
                writer.endWord()
                writer.append(token: special.id)
                position += special.content.count
                continue
            }
            let byte = bytes[position]
            if byte < 0x80 {
                append(byte, run: &run, writer: &writer)
                position &+= 1
            } else {
                let (scalar, length) = Self.decode(bytes, at: position)
                run.append(scalar, into: &writer)
                position &+= length
            }
        }
        run.end(into: &writer)
        writer.endWord()
        let isTruncated = writer.isFull
        return TokenizedText(ids: writer.ended(with: model.separatorID), isTruncated: isTruncated)
    }

    @inline(__always)
    private func append(_ byte: UInt8, run: inout ScalarRun, writer: inout PieceWriter) {
        let kind = classes[Int(byte)]
        // A removed control does not end a run: the characters on its two sides become neighbours.
        if kind == .removed { return }
        if !run.isEmpty { run.end(into: &writer) }
        switch kind {
        case .removed: break
        case .space: writer.endWord()
        case .plain: writer.append(ascii: byte)
        case .lowered: writer.append(ascii: byte | 0x20)
        case .punctuation:
            writer.endWord()
            writer.append(ascii: byte)
            writer.endWord()
        }
    }

    private func specialToken(at position: Int, in bytes: Span<UInt8>) -> TokenizerModel.SpecialToken? {
        specialTokens.first { token in
            guard token.content.count <= bytes.count - position else { return false }
            return token.content.indices.allSatisfy { bytes[position + $0] == token.content[$0] }
        }
    }

    /// The scalar at `position` and its length. A Swift string is always well-formed UTF-8; should it not be, the
    /// replacement character stands for one byte.
    private static func decode(_ bytes: Span<UInt8>, at position: Int) -> (Unicode.Scalar, Int) {
        let first = UInt32(bytes[position])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard first >= 0xC0, length <= bytes.count - position else { return ("\u{FFFD}", 1) }
        var value = first & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(bytes[position + offset]) & 0x3F }
        guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }
}
