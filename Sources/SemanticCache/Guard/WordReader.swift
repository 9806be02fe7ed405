/// Puts the words of a text in their order, each with the part it plays.
enum WordReader {
    /// Words behind this many are not compared in their order.
    static let maximumWords = 40
    /// In a text where so many of a hundred words have capitals, capitals mean nothing.
    private static let titlePercent = 75

    static func read(
        _ tokens: [GuardToken], _ bytes: Span<UInt8>, _ table: ContrastTable?, language: LanguageSet
    ) -> [GuardWord] {
        let showsNames = language != .german && !isTitle(tokens)
        var words: [GuardWord] = []
        words.reserveCapacity(min(tokens.count, maximumWords))
        var startsSentence = true
        for token in tokens {
            if words.count == maximumWords { break }
            switch token.kind {
            case .boundary:
                startsSentence = true
                continue
            case .number:
                var digest = GuardDigest()
                digest.add(UInt64(bitPattern: token.quantity.mantissa))
                digest.add(UInt8(bitPattern: token.quantity.exponent))
                words.append(GuardWord(stem: UInt32(truncatingIfNeeded: digest.value), part: .amount))
            case .identifier:
                words.append(GuardWord(stem: 1, part: .amount))
            case .word where token.stem != 0:
                let part = part(of: token, bytes, table, mayBeName: showsNames && !startsSentence)
                words.append(
                    GuardWord(stem: token.stem, part: part, letters: GuardWord.letters(bytes, token.range)))
            case .word: continue
            }
            startsSentence = false
        }
        return words
    }

    private static func part(
        of token: GuardToken, _ bytes: Span<UInt8>, _ table: ContrastTable?, mayBeName: Bool
    ) -> GuardWord.Part {
        if token.isConsumed { return .amount }
        guard let table else { return token.role.isFunction ? .function : .content }
        if table.isFrom(token.stem) { return .from }
        if table.isTo(token.stem) { return .to }
        if table.joins(token.stem) { return .joining }
        if token.role.isFunction || token.role.negator != .none { return .function }
        if mayBeName, token.isCapitalised { return .name }
        let isKnown = !table.hasVocabulary || token.isMarked || token.role.isKnown || table.knows(token.stem)
            || CommonEndings.has(bytes, token.range) || table.hasAnagram(GuardWord.letters(bytes, token.range))
        return isKnown ? .content : .rare
    }

    private static func isTitle(_ tokens: [GuardToken]) -> Bool {
        var (capitals, all) = (0, 0)
        for token in tokens where token.kind == .word && token.stem != 0 {
            all += 1
            if token.isCapitalised { capitals += 1 }
        }
        return capitals * 100 >= all * titlePercent
    }
}
