/// Strings and numbers.
extension MockJSONScanner {
    /// Takes a string and decodes its escapes. Bytes that are not UTF-8 become U+FFFD, as do lone surrogates.
    mutating func string() throws(MockProviderError) -> String {
        try take(UInt8(ascii: "\""))
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: bytes[start..<index - 1], as: UTF8.self)
            case UInt8(ascii: "\\"):
                return try stringWithEscapes(from: start)
            case 0..<0x20:
                throw malformed("no control character in a string")
            default:
                index += 1
            }
        }
        throw malformed("'\"'")
    }

    mutating func skipString() throws(MockProviderError) {
        try take(UInt8(ascii: "\""))
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return
            case UInt8(ascii: "\\"):
                _ = try escape()
            case 0..<0x20:
                throw malformed("no control character in a string")
            default:
                index += 1
            }
        }
        throw malformed("'\"'")
    }

    /// Takes a number; its value if it is whole and fits, else nil.
    mutating func number() throws(MockProviderError) -> Int? {
        let start = index
        let isWhole = try takeNumber()
        return isWhole ? Int(String(decoding: bytes[start..<index], as: UTF8.self)) : nil
    }

    /// Takes a number as it is written.
    mutating func numberText() throws(MockProviderError) -> String {
        let start = index
        _ = try takeNumber()
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// Takes a number; says whether it has neither fraction nor exponent.
    private mutating func takeNumber() throws(MockProviderError) -> Bool {
        if byte(at: index) == UInt8(ascii: "-") { index += 1 }
        // RFC 8259, section 6: no zero before other digits.
        if byte(at: index) == UInt8(ascii: "0") { index += 1 } else { try digits() }
        var isWhole = true
        if byte(at: index) == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if let exponent = byte(at: index), exponent | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            if let sign = byte(at: index), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return isWhole
    }

    private func byte(at position: Int) -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func digits() throws(MockProviderError) {
        let start = index
        while let digit = byte(at: index), digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") { index += 1 }
        guard index > start else { throw malformed("a digit") }
    }

    private mutating func stringWithEscapes(from start: Int) throws(MockProviderError) -> String {
        var units = Array(bytes[start..<index])
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"):
                units.append(contentsOf: String(Character(try escape())).utf8)
            case 0..<0x20:
                throw malformed("no control character in a string")
            case let byte:
                units.append(byte)
                index += 1
            }
        }
        throw malformed("'\"'")
    }

    /// Takes one escape, both halves of a surrogate pair included.
    private mutating func escape() throws(MockProviderError) -> Unicode.Scalar {
        index += 1
        guard let letter = byte(at: index) else { throw malformed("an escape") }
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default:
            index -= 1
            throw malformed("one of \" \\ / b f n r t u")
        }
    }

    private mutating func unicodeEscape() throws(MockProviderError) -> Unicode.Scalar {
        let first = try fourHexDigits()
        let isHighHalf = first >= 0xD800 && first < 0xDC00
        if isHighHalf, byte(at: index) == UInt8(ascii: "\\"), byte(at: index + 1) == UInt8(ascii: "u") {
            let afterFirst = index
            index += 2
            let second = try fourHexDigits()
            if second >= 0xDC00, second < 0xE000 {
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
            }
            index = afterFirst
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(MockProviderError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = byte(at: index), let nibble = Character(UnicodeScalar(digit)).hexDigitValue else {
                throw malformed("four hexadecimal digits")
            }
            value = value << 4 | UInt32(nibble)
            index += 1
        }
        return value
    }
}
