/// What the structural guard compares of one text, drawn from it once and kept with the entry.
///
/// Numbers stay exact, identifiers are 64-bit digests, words are hashes of their stems in their order: for a short
/// question some 50 bytes when stored. Beyond a maximum, numbers and identifiers go into one digest, which must be
/// equal as a whole; words count by their likeness only. Drawing is linear in the text's length. Pure; any thread.
package struct GuardFeatures: Sendable, Equatable {
    static let maximumQuantities = 32
    static let maximumIdentifiers = 32
    static let maximumNegations = 8
    static let maximumMarks = 24

    let quantities: [Quantity]
    /// Sorted, each once.
    let identifiers: [UInt64]
    let negations: [Negation]
    let content: ContentSketch
    /// The first words in their order.
    let words: [GuardWord]
    /// The words and phrases that stand in a set of contrasts; sorted.
    let marks: [ContrastMark]
    /// Digests of what is quoted; sorted, each once.
    let quotes: [UInt32]
    /// What language the text is in: empty when that cannot be told, `other` for one that the guard does not know.
    let language: LanguageSet
    /// The text asks for a way or a place: how, where, what.
    let asksForWay: Bool

    /// Draws the features of `text`: the words that are compared with the candidate's, thus without any template.
    package init(text: String) {
        let bytes = text.utf8.span
        if GuardFeatures.isPlain(bytes) {
            self.init(prepared: bytes)
        } else {
            self.init(prepared: GuardText.prepared(text).span)
        }
    }

    private init(prepared bytes: Span<UInt8>) {
        var scanner = GuardScanner()
        scanner.scan(bytes)
        let language = GuardFeatures.language(of: scanner, bytes)
        let amounts = QuantityReader.read(&scanner.tokens, language: language)
        let table = GuardLexicon.shared.table(of: language)
        let marks = table.map { MarkReader.read(&scanner.tokens, bytes, $0) } ?? []
        let negations = NegationReader.read(scanner.tokens, language: language)
        var identifiers = Set(scanner.identifiers).sorted()
        if amounts.count > GuardFeatures.maximumQuantities {
            identifiers.append(GuardFeatures.digest(amounts[GuardFeatures.maximumQuantities...]))
        }
        if identifiers.count > GuardFeatures.maximumIdentifiers {
            var digest = GuardDigest()
            for identifier in identifiers[GuardFeatures.maximumIdentifiers...] {
                digest.add(identifier)
            }
            identifiers.replaceSubrange(GuardFeatures.maximumIdentifiers..., with: [digest.value])
        }
        self.identifiers = identifiers
        self.quantities = Array(amounts.prefix(GuardFeatures.maximumQuantities))
        self.negations = Array(negations.prefix(GuardFeatures.maximumNegations))
        let words = WordReader.read(scanner.tokens, bytes, table, language: language)
        self.words = words
        self.content =
            words.count < WordReader.maximumWords
            ? ContentSketch(words) : ContentSketch(scanner.tokens.compactMap { $0.isContent ? $0.stem : nil })
        self.marks = Array(marks.prefix(GuardFeatures.maximumMarks))
        self.quotes = QuoteReader.read(bytes)
        self.language = scanner.certainLanguage
        self.asksForWay = scanner.tokens.contains { $0.role.asksForWay }
    }

    init(
        quantities: [Quantity], identifiers: [UInt64], negations: [Negation], content: ContentSketch,
        words: [GuardWord], marks: [ContrastMark], quotes: [UInt32], language: LanguageSet, asksForWay: Bool
    ) {
        self.quantities = quantities
        self.identifiers = identifiers
        self.negations = negations
        self.content = content
        self.words = words
        self.marks = marks
        self.quotes = quotes
        self.language = language
        self.asksForWay = asksForWay
    }

    /// Whether the bytes need no preparation: ASCII without the control codes that stand for currency signs.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] >= 0x80 || bytes[index] < 5 {
            return false
        }
        return true
    }

    /// Of the languages whose grammar speaks for a text equally, the one whose tables know most of its words.
    private static func language(of scanner: GuardScanner, _ bytes: Span<UInt8>) -> LanguageSet {
        let languages = scanner.languages
        guard languages.count > 1 else { return languages.first ?? [] }
        var best = (language: LanguageSet.english, known: -1)
        for language in languages {
            guard let table = GuardLexicon.shared.table(of: language) else { continue }
            let known = scanner.tokens.count { token in
                token.kind == .word && token.stem != 0 && !token.role.isFunction
                    && table.hasRole(bytes, token.range, stem: token.stem)
            }
            if known > best.known { best = (language, known) }
        }
        return best.language
    }

    private static func digest(_ quantities: ArraySlice<Quantity>) -> UInt64 {
        var digest = GuardDigest()
        for quantity in quantities {
            digest.add(UInt64(bitPattern: quantity.mantissa))
            digest.add(UInt8(bitPattern: quantity.exponent))
            digest.add(quantity.unit.rawValue)
        }
        return digest.value
    }
}
