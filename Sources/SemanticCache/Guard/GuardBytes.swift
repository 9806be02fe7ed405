/// Classes of the bytes of a prepared text (see ``GuardText``).
enum GuardBytes {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || isASCIILetter(byte) }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
    static func isCurrency(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "$") || byte &- 1 < 4 }
    static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// Ends a clause.
    static func isBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ";"),
            UInt8(ascii: ":"), 0x0A, 0x0D:
            true
        default: false
        }
    }

    /// May stand before a token without being part of it.
    static func isOpener(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            true
        default: false
        }
    }

    /// May stand behind a token without being part of it.
    static func isCloser(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            true
        default: isBoundary(byte)
        }
    }
}
