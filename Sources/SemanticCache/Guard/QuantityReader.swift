/// Joins what the scanner found to numbers with units: words for numbers, multipliers, and the unit beside.
enum QuantityReader {
    /// All numbers of the text in their order. Words that are taken up are marked in `tokens`.
    static func read(_ tokens: inout [GuardToken], language: LanguageSet) -> [Quantity] {
        var quantities: [Quantity] = []
        var index = 0
        while index < tokens.count {
            let start = index
            var quantity: Quantity
            if tokens[index].kind == .number {
                quantity = tokens[index].quantity
                index += 1
                while let power = scale(tokens, index, language), quantity.unit == .none || quantity.unit.isCurrency {
                    quantity.multiply(by: power)
                    tokens[index].isConsumed = true
                    index += 1
                }
            } else if let spoken = SpokenNumber.read(&tokens, from: index, language: language) {
                quantity = spoken.quantity
                index = spoken.end
            } else {
                index += 1
                continue
            }
            attachUnit(&quantity, &tokens, before: start, after: &index)
            attachStrength(&quantity, tokens, start: start, end: index)
            quantities.append(quantity)
        }
        return quantities
    }

    private static func scale(_ tokens: [GuardToken], _ index: Int, _ language: LanguageSet) -> Int64? {
        guard index < tokens.count, tokens[index].role.numeralLanguages.contains(language), !language.isEmpty,
            case .scale(let power) = tokens[index].role.numeral
        else { return nil }
        return power
    }

    private static func attachUnit(
        _ quantity: inout Quantity, _ tokens: inout [GuardToken], before start: Int, after index: inout Int
    ) {
        if index < tokens.count, tokens[index].kind == .word, tokens[index].role.unit != .none,
            !tokens[index].isConsumed
        {
            let unit = tokens[index].role.unit
            if unit == .clock {
                quantity = clock(quantity, tokens[index])
                tokens[index].isConsumed = true
                index += 1
                return
            }
            if quantity.unit == .none {
                quantity.unit = unit
                if quantity.strength == .loose { quantity.strength = .firm }
                tokens[index].isConsumed = true
                index += 1
                return
            }
        }
        guard quantity.unit == .none, start > 0 else { return }
        // "Rs. 500": the stop behind the short form is a boundary between the two.
        let before = tokens[start - 1].kind == .boundary && start > 1 ? start - 2 : start - 1
        if tokens[before].role.unit.isCurrency {
            quantity.unit = tokens[before].role.unit
            tokens[before].isConsumed = true
        }
    }

    /// The words "am" and "pm" behind a number; their stems tell them apart.
    private static func clock(_ quantity: Quantity, _ word: GuardToken) -> Quantity {
        if quantity.unit == .clock { return word.isEvening ? ClockTime.inEvening(quantity) : quantity }
        guard quantity.unit == .none else { return quantity }
        return ClockTime.onHour([quantity], isEvening: word.isEvening)?.first ?? quantity
    }

    /// "top 10", "the 5 best": how long the list should be. Left out on one side, the answer still serves.
    private static func attachStrength(_ quantity: inout Quantity, _ tokens: [GuardToken], start: Int, end: Int) {
        guard quantity.strength == .firm, quantity.unit == .none else { return }
        // "two times" is "twice" and "several times" as well.
        if end < tokens.count, tokens[end].role.mark == .times { quantity.strength = .soft }
        let before = start > 0 && tokens[start - 1].role.marksList
        let after = end < tokens.count && tokens[end].role.marksList
        if before || after { quantity.strength = .soft }
    }
}
