/// The text of an answer as the tokens it is streamed in, joined they are the whole text.
struct MockAnswer: Sendable, Equatable {
    /// So much of the question is repeated in a made-up answer.
    static let echoLimit = 12

    let tokens: [String]
    /// Whether the request's token limit cut the text.
    let isCut: Bool

    var text: String {
        tokens.joined()
    }

    /// An answer made from nothing but the model's name, the question and the length asked for.
    init(question: String, model: String, length: Int, limit: Int?) {
        var digest = MockDigest(model)
        digest.add("\n")
        digest.add(question)
        let count = min(length, limit ?? length)
        var tokens: [String] = []
        tokens.reserveCapacity(count + Self.echoLimit + 4)
        tokens.append("You")
        tokens.append(" asked:")
        let words = question.split(maxSplits: Self.echoLimit, whereSeparator: \.isWhitespace)
        for word in words.prefix(Self.echoLimit) { tokens.append(" " + word.prefix(64)) }
        tokens.append(" (\(digest.hex)).")
        var draw = MockDraw(seed: digest.value)
        var sentence: Substring = ""
        while tokens.count < count {
            if sentence.isEmpty { sentence = Self.sentences[Int(draw.next() % UInt64(Self.sentences.count))][...] }
            let end = sentence.firstIndex(of: " ") ?? sentence.endIndex
            tokens.append(" " + sentence[..<end])
            sentence = sentence[end...].dropFirst()
        }
        self.tokens = Array(tokens.prefix(count))
        isCut = length > count
    }

    /// A given text, a token to each word with the space before it.
    init(text: String, limit: Int?) {
        let words = Self.split(text)
        let count = min(words.count, limit ?? words.count)
        tokens = Array(words.prefix(count))
        isCut = count < words.count
    }

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

    private static let sentences = [
        "The request has been looked at and the following steps apply.",
        "Please check the number on the last page before anything else.",
        "Most cases are settled within two working days.",
        "If this does not help, reply with the date and the place.",
        "A second look at the settings often shows what is missing.",
        "Nothing further is needed from your side for now.",
        "The same rule holds for every region and every plan.",
        "Keep the reference at hand until the matter is closed.",
    ]
}
