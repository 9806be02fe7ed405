package import GatewayCore

/// An answer that an operator wrote beforehand, with the questions it is for: one line of an import file.
package struct CuratedAnswer: Sendable, Equatable {
    /// Its name: what is imported again under it takes the place of what was.
    package let id: String
    package let question: String
    /// The question in other words.
    package let variants: [String]
    package let answer: String
    package let tags: [String]
    /// A language tag, such as `de-AT`; a tag `locale:de-AT` comes with it.
    package let locale: String?
    /// As it was written: a date, which counts to its end in UTC, or a time with its offset.
    package let validUntil: String?
    /// Questions that look alike and must not be served by it.
    package let distractors: [String]
    /// When it is served no more.
    package let expires: UnixTime

    /// In bytes of UTF-8, for questions and distractors.
    static let questionLimit = 8192
    static let idLimit = 256
    /// Questions and variants; distractors. Each costs a vector in the entry.
    static let variantsLimit = 64
    static let distractorsLimit = 32

    /// Checks what was read.
    package init(
        id: String, question: String, variants: [String] = [], answer: String, tags: [String] = [],
        locale: String? = nil, validUntil: String? = nil, distractors: [String] = []
    ) throws(CuratedMistake) {
        guard (1...Self.idLimit).contains(id.utf8.count), id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw CuratedMistake("'id' must be 1 to \(Self.idLimit) bytes without control characters")
        }
        self.id = id
        self.question = try Self.text(question, named: "question", limit: Self.questionLimit)
        self.answer = try Self.text(answer, named: "answer", limit: .max)
        self.variants = try Self.texts(variants, named: "variants", count: Self.variantsLimit)
        self.distractors = try Self.texts(distractors, named: "distractors", count: Self.distractorsLimit)
        if let both = self.distractors.first(where: { $0 == question || variants.contains($0) }) {
            throw CuratedMistake("“\(both)” is a question of the answer and a distractor at once")
        }
        // One more comes with the locale.
        guard tags.count < CacheTags.countLimit, tags.allSatisfy({ CacheTags.isTag($0) }) else {
            throw CuratedMistake(
                "'tags' must hold at most \(CacheTags.countLimit - 1) words of 1 to \(CacheTags.lengthLimit) visible "
                    + "ASCII characters without commas")
        }
        self.tags = tags
        if let locale {
            guard (1...35).contains(locale.utf8.count), locale.utf8.allSatisfy(Self.isOfLocale) else {
                throw CuratedMistake("'locale' must be a language tag such as de or de-AT, found “\(locale)”")
            }
        }
        self.locale = locale
        self.validUntil = validUntil
        expires = try validUntil.map { (text) throws(CuratedMistake) in try Self.end(of: text) } ?? Curation.forever
    }

    /// The question and its variants.
    package var questions: [String] { [question] + variants }

    /// What its entries are marked with.
    package var labels: [String] { tags + (locale.map { ["locale:\($0)"] } ?? []) }

    private static func isOfLocale(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func end(of text: String) throws(CuratedMistake) -> UnixTime {
        if let day = UnixTime(date: text) { return day + .seconds(86_400) }
        if let time = UnixTime(timestamp: text) { return time }
        throw CuratedMistake(
            "'valid_until' must be a date (2027-01-31) or a time (2027-01-31T18:00:00Z), found “\(text.prefix(40))”")
    }

    private static func texts(_ texts: [String], named name: String, count: Int) throws(CuratedMistake) -> [String] {
        guard texts.count <= count else {
            throw CuratedMistake("'\(name)' must hold at most \(count) texts, found \(texts.count)")
        }
        for text in texts { _ = try self.text(text, named: name, limit: questionLimit) }
        return texts
    }

    private static func text(_ text: String, named name: String, limit: Int) throws(CuratedMistake) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw CuratedMistake("'\(name)' is empty") }
        guard text.utf8.count <= limit else {
            throw CuratedMistake("'\(name)' must be at most \(limit) bytes, found \(text.utf8.count)")
        }
        return text
    }
}
