/// Reads a number that is written in words: "two hundred and five", "twenty-five", "a hundred".
enum SpokenNumber {
    /// The number that starts at `start` and where it ends; nil if no numeral of the language stands there.
    /// Marks the words that it takes up.
    static func read(
        _ tokens: inout [GuardToken], from start: Int, language: LanguageSet
    ) -> (quantity: Quantity, end: Int)? {
        var total: Int64 = 0
        var group: Int64 = 0
        var last = Numeral.none
        var words = 0
        var index = start
        while index < tokens.count {
            let numeral = numeral(tokens, index, language)
            switch numeral {
            case .small(let value):
                if case .small = last { return finish(&tokens, start, index, total + group, words) }
                if case .tens = last, value > 9 || value == 0 {
                    return finish(&tokens, start, index, total + group, words)
                }
                group += value
            case .tens(let value):
                if case .small = last { return finish(&tokens, start, index, total + group, words) }
                if case .tens = last { return finish(&tokens, start, index, total + group, words) }
                group += value
            case .scale(let power):
                if power <= 100 {
                    group = max(group, 1) &* power
                } else {
                    total = total &+ max(group, 1) &* power
                    group = 0
                }
            case .rank(let value):
                return words == 0 ? rank(&tokens, index, value) : finish(&tokens, start, index, total + group, words)
            case .none:
                // "and" joins only behind a hundred or a thousand, and only before another numeral.
                guard case .scale = last, tokens[index].joinsNumerals, isSmall(tokens, index + 1, language) else {
                    return finish(&tokens, start, index, total + group, words)
                }
                tokens[index].isConsumed = true
                index += 1
                continue
            }
            guard total < 1_000_000_000_000, group < 1_000_000_000_000 else { return nil }
            last = numeral
            words += 1
            index += 1
        }
        return finish(&tokens, start, index, total + group, words)
    }

    private static func numeral(_ tokens: [GuardToken], _ index: Int, _ language: LanguageSet) -> Numeral {
        guard index < tokens.count, tokens[index].kind == .word, !language.isEmpty,
            tokens[index].role.numeralLanguages.contains(language)
        else { return .none }
        return tokens[index].role.numeral
    }

    private static func isSmall(_ tokens: [GuardToken], _ index: Int, _ language: LanguageSet) -> Bool {
        switch numeral(tokens, index, language) {
        case .small, .tens: true
        default: false
        }
    }

    private static func finish(
        _ tokens: inout [GuardToken], _ start: Int, _ end: Int, _ value: Int64, _ words: Int
    ) -> (quantity: Quantity, end: Int)? {
        guard words > 0 else { return nil }
        for index in start..<end {
            tokens[index].isConsumed = true
        }
        let (mantissa, exponent) = Quantity.reducedInteger(value)
        // A single "one" is a pronoun as often as a number.
        let strength: Quantity.Strength = value == 1 ? .loose : .firm
        return (Quantity(mantissa: mantissa, exponent: exponent, strength: strength), end)
    }

    private static func rank(
        _ tokens: inout [GuardToken], _ index: Int, _ value: Int64
    ) -> (quantity: Quantity, end: Int)? {
        tokens[index].isConsumed = true
        let (mantissa, exponent) = Quantity.reducedInteger(value)
        return (Quantity(mantissa: mantissa, exponent: exponent, strength: .soft), index + 1)
    }
}
