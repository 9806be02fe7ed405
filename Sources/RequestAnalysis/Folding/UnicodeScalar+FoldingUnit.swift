extension Unicode.Scalar: FoldingUnit {
    var traits: CharacterTraits {
        if value < 0x80 { return UInt8(truncatingIfNeeded: value).traits }
        if let known = plainLetter { return known }
        switch self {
        case "\u{2019}": return [.apostrophe, .closer]
        case "\u{2018}", "\u{201C}", "\u{201E}", "\u{AB}", "\u{300C}": return .opener
        case "\u{201D}", "\u{BB}", "\u{300D}", "\u{FF0C}", "\u{3001}", "\u{60C}": return .closer
        case "\u{2010}", "\u{2011}": return .hyphen
        case "\u{FF1F}", "\u{61F}": return [.question, .closer]
        case "\u{FF01}": return [.exclamation, .closer]
        case "\u{2026}", "\u{3002}", "\u{964}": return [.stop, .closer]
        case "\u{BF}", "\u{A1}": return .inverted
        case "\u{200C}", "\u{200D}": return .lower
        default: return letterTraits
        }
    }

    /// The letters of Latin-1 and the common Han ideographs, without a look into the Unicode tables.
    private var plainLetter: CharacterTraits? {
        switch value {
        case 0xC0...0xD6, 0xD8...0xDE: .upper
        case 0xDF...0xF6, 0xF8...0xFF, 0x4E00...0x9FFF: .lower
        default: nil
        }
    }

    /// A capital whose small letter takes two scalars (the Turkish İ) is no prose letter: its word stays as it is,
    /// for a mapping to one scalar would merge it with another word.
    private var letterTraits: CharacterTraits {
        switch properties.generalCategory {
        case .uppercaseLetter: lowered == self ? [] : .upper
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: .lower
        default: properties.isWhitespace ? .space : []
        }
    }

    var ascii: UInt8 { value < 0x80 ? UInt8(truncatingIfNeeded: value) : 0 }

    var lowered: Unicode.Scalar {
        if value < 0x80 { return Unicode.Scalar(UInt8(truncatingIfNeeded: value).lowered) }
        if let known = plainLetter {
            return known == .upper ? Unicode.Scalar(value | 0x20) ?? self : self
        }
        let mapped = properties.lowercaseMapping.unicodeScalars
        guard let first = mapped.first, mapped.count == 1 else { return self }
        return first
    }

    /// Whether it may compose with the letter before it: any mark or conjoining Hangul, none of which is below U+0300.
    var isMark: Bool {
        guard value >= 0x300, plainLetter == nil else { return false }
        return properties.canonicalCombiningClass != .notReordered || properties.generalCategory == .spacingMark
            || (0x1100...0x11FF).contains(value)
    }

    static var blank: Unicode.Scalar { " " }

    // The German closing mark is the English opening one: 1 is English, 2 is German.
    var literalOpens: Int? {
        switch self {
        case "\"": 0
        case "\u{201C}": 1
        case "\u{201E}": 2
        case "\u{AB}": 3
        case "\u{300C}": 4
        default: nil
        }
    }

    var literalCloses: Int? {
        switch self {
        case "\"": 0
        case "\u{201D}": 1
        case "\u{201C}": 2
        case "\u{BB}": 3
        case "\u{300D}": 4
        default: nil
        }
    }
}
