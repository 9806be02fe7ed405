/// Finds what a person is known by from its shape alone: addresses of mail, numbers of phones, of payment cards and of
/// bank accounts, and United States social security numbers. Pure; one pass, without allocation.
package enum PersonalShapes {
    /// What was found first. Numbers of cards and accounts carry check digits, so they are hardly ever something else.
    package enum Shape: Sendable, Equatable {
        case mailAddress
        case phone
        case card
        case account
        case socialSecurity
    }

    /// The first shape in a text of UTF-8, of those that are wanted; nil when there is none.
    package static func first(in text: Span<UInt8>, where wanted: (Shape) -> Bool = { _ in true }) -> Shape? {
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte == UInt8(ascii: "@"), isMailAddress(text, at: position), wanted(.mailAddress) {
                return .mailAddress
            }
            let isStart = position == 0 || !isAlphanumeric(text[position - 1])
            if isStart, isUpper(byte), isAccount(text, from: position), wanted(.account) { return .account }
            guard isStart, isDigit(byte) else {
                position += 1
                continue
            }
            let run = DigitRun(text, from: position)
            if let shape = run.shape, wanted(shape) { return shape }
            position = max(run.end, position + 1)
        }
        return nil
    }

    /// Something in front, and behind it a host with a dot and an ending of two letters at least.
    private static func isMailAddress(_ text: Span<UInt8>, at sign: Int) -> Bool {
        guard sign > 0, isAlphanumeric(text[sign - 1]) else { return false }
        var position = sign + 1
        var dot = -1
        while position < text.count,
            isAlphanumeric(text[position]) || text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: ".")
        {
            if text[position] == UInt8(ascii: ".") {
                if dot > sign + 1, position - dot > 2 { return true }
                dot = position
            }
            position += 1
        }
        return dot > sign + 1 && position - dot > 2
    }

    /// An IBAN (ISO 13616): two letters, two check digits and up to thirty letters and digits, in groups or not, of
    /// which the whole leaves 1 when divided by 97.
    private static func isAccount(_ text: Span<UInt8>, from start: Int) -> Bool {
        guard start + 14 < text.count, isUpper(text[start + 1]), isDigit(text[start + 2]), isDigit(text[start + 3])
        else { return false }
        var rest = 0
        var count = 0
        func take(_ byte: UInt8) {
            if isDigit(byte) {
                rest = (rest * 10 + Int(byte - UInt8(ascii: "0"))) % 97
            } else {
                rest = (rest * 100 + Int(byte & 0xDF) - 55) % 97
            }
        }
        var position = start + 4
        while position < text.count, count < 30 {
            let byte = text[position]
            if isAlphanumeric(byte), byte < 0x80 {
                // Small letters end it: in groups the next word would be taken for more of it.
                guard isDigit(byte) || isUpper(byte) else { break }
                take(byte)
                count += 1
            } else if byte != UInt8(ascii: " ") || position + 1 >= text.count || !isAlphanumeric(text[position + 1]) {
                break
            }
            position += 1
        }
        guard count >= 11 else { return false }
        for offset in 0..<4 { take(text[start + offset]) }
        return rest == 1
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private static func isUpper(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80
    }
}
