/// What the tokenizer does with one of the 128 ASCII characters, which need no look at Unicode's tables.
enum ASCIIClass: UInt8, Sendable {
    case plain
    /// A letter to be made small.
    case lowered
    case space
    case punctuation
    case removed

    init(_ byte: UInt8, model: TokenizerModel) {
        let scalar = Unicode.Scalar(byte)
        if model.cleansText, ScalarRules.isRemoved(scalar) {
            self = .removed
        } else if ScalarRules.isWhitespace(scalar) {
            self = .space
        } else if ScalarRules.isPunctuation(scalar) {
            self = .punctuation
        } else if model.lowercases, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) {
            self = .lowered
        } else {
            self = .plain
        }
    }
}
