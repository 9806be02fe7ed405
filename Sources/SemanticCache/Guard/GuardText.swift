/// A text prepared for the scanner: ASCII in its own case, digits of all scripts as ASCII digits, letters of other
/// scripts in small UTF-8, typographic quotes, dashes and blanks as their ASCII likes, currency signs as one byte.
enum GuardText {
    static let sterling: UInt8 = 1
    static let euro: UInt8 = 2
    static let rupee: UInt8 = 3
    static let yen: UInt8 = 4

    static func prepared(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            append(scalar, to: &bytes)
        }
        return bytes
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        // The codes that stand for currency signs must not come in from outside.
        if scalar.value < 0x80 {
            let code = UInt8(truncatingIfNeeded: scalar.value)
            bytes.append(code >= 5 ? code : 0x20)
            return
        }
        switch scalar {
        case "\u{A3}": bytes.append(sterling)
        case "\u{20AC}": bytes.append(euro)
        case "\u{20B9}", "\u{20A8}": bytes.append(rupee)
        case "\u{A5}": bytes.append(yen)
        case "\u{2019}", "\u{2018}", "\u{2BC}": bytes.append(UInt8(ascii: "'"))
        case "\u{201C}"..."\u{201F}", "\u{AB}", "\u{BB}": bytes.append(UInt8(ascii: "\""))
        case "\u{2010}"..."\u{2014}", "\u{2212}": bytes.append(UInt8(ascii: "-"))
        case "\u{FF0C}", "\u{3001}": bytes.append(UInt8(ascii: ","))
        case "\u{FF1F}": bytes.append(UInt8(ascii: "?"))
        case "\u{FF01}": bytes.append(UInt8(ascii: "!"))
        case "\u{2026}", "\u{3002}": bytes.append(UInt8(ascii: "."))
        case "\u{200B}", "\u{AD}", "\u{FEFF}": break
        default: appendOther(scalar, to: &bytes)
        }
    }

    private static func appendOther(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .decimalNumber:
            guard let value = properties.numericValue, let digit = UInt8(exactly: value), digit < 10 else { return }
            bytes.append(UInt8(ascii: "0") + digit)
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .nonspacingMark,
            .spacingMark:
            bytes.append(contentsOf: properties.lowercaseMapping.utf8)
        default:
            bytes.append(0x20)
        }
    }
}
