/// The text of an answer as the tokens it is streamed in; joined they are the whole text.
///
/// A token is a word with the space before it. That is coarser than a real tokenizer, but counted the same way in
/// `usage`, in a stream's frames and against the request's token limit.
struct MockAnswer: Sendable, Equatable {
    /// So much of the question is repeated in a made-up answer.
    static let echoLimit = 12

    let tokens: [String]
    /// Whether the request's token limit cut the text.
    let isCut: Bool

    var text: String {
        tokens.joined()
    }

    /// An answer made from nothing but the model's name, the question and the length asked for: an echo of the
    /// question, the digest of both, by which a reader can tell whose answer it is, and sentences drawn with it.
    /// - Parameters:
    ///   - length: tokens to make.
    ///   - limit: tokens the request allows; nil for any number.
    init(question: String, model: String, length: Int, limit: Int?) {
        var digest = MockDigest(model)
        digest.add("\n")
        digest.add(question)
        let count = max(0, min(length, limit ?? length))
        var tokens: [String] = []
        tokens.reserveCapacity(count + Self.echoLimit + 4)
        tokens.append("You")
        tokens.append(" asked:")
        // By bytes: `Character.isWhitespace` took a twentieth of the mock's whole time.
        let words = question.utf8.split(maxSplits: Self.echoLimit) { $0 == 0x20 || (0x09...0x0D).contains($0) }
        for word in words.prefix(Self.echoLimit) {
            tokens.append(" " + (word.count <= 64 ? Substring(word) : Substring(word).prefix(64)))
        }
        tokens.append(" (\(digest.hex)).")
        Self.fill(&tokens, to: count, seed: digest.value)
        self.tokens = tokens
        isCut = length > count
    }

    /// What a model thinks before it answers, as free of content as the answer.
    init(thinkingAbout question: String, model: String, length: Int, limit: Int?) {
        var digest = MockDigest("thinking\n" + model + "\n")
        digest.add(question)
        let count = max(0, min(length, limit ?? length))
        var tokens = Self.split("Let me think about this (\(digest.hex)).")
        Self.fill(&tokens, to: count, seed: digest.value)
        self.tokens = tokens
        isCut = length > count
    }

    /// Adds drawn sentences, none twice in a row, and cuts what is too much.
    private static func fill(_ tokens: inout [String], to count: Int, seed: UInt64) {
        var draw = MockDraw(seed: seed)
        var last = -1
        while tokens.count < count {
            var next = Int(draw.next() % UInt64(sentences.count))
            if next == last { next = (next + 1) % sentences.count }
            tokens += sentences[next]
            last = next
        }
        if tokens.count > count { tokens.removeLast(tokens.count - count) }
    }

    /// A given text, a token to each word with the space before it.
    init(text: String, limit: Int?) {
        let words = Self.split(text)
        let count = max(0, min(words.count, limit ?? words.count))
        tokens = Array(words.prefix(count))
        isCut = count < words.count
    }

    /// Cuts before each space, so that the parts join to the same text again.
    private static func split(_ text: String) -> [String] {
        var words: [String] = []
        var start = text.startIndex
        while start < text.endIndex {
            let next = text[text.index(after: start)...].firstIndex(of: " ") ?? text.endIndex
            words.append(String(text[start..<next]))
            start = next
        }
        return words
    }

    /// What answers are filled with, cut into tokens once.
    private static let sentences: [[String]] = [
        "The request has been looked at and the following steps apply.",
        "Please check the number on the last page before anything else.",
        "Most cases are settled within two working days.",
        "If this does not help, reply with the date and the place.",
        "A second look at the settings often shows what is missing.",
        "Nothing further is needed from your side for now.",
        "The same rule holds for every region and every plan.",
        "Keep the reference at hand until the matter is closed.",
    ].map { split(" " + $0) }
}
