extension UInt8: FoldingUnit {
    private static let table: InlineArray<128, CharacterTraits> = InlineArray { classify(UInt8($0)) }

    var traits: CharacterTraits { self < 0x80 ? Self.table[Int(self)] : [] }
    var ascii: UInt8 { self }
    var lowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    static var blank: UInt8 { 0x20 }
    var literalOpens: Int? { self == UInt8(ascii: "\"") ? 0 : nil }
    var literalCloses: Int? { literalOpens }

    /// The traits of an ASCII code; a code without any makes its token one that is left as it is.
    static func classify(_ code: UInt8) -> CharacterTraits {
        switch code {
        case 0x09...0x0D, 0x20: .space
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
        case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
        case UInt8(ascii: "'"): [.apostrophe, .opener, .closer]
        case UInt8(ascii: "-"): .hyphen
        case UInt8(ascii: "("), UInt8(ascii: "["): .opener
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): .closer
        case UInt8(ascii: "\""): [.opener, .closer]
        case UInt8(ascii: "?"): [.question, .closer]
        case UInt8(ascii: "!"): [.exclamation, .closer]
        case UInt8(ascii: "."): [.stop, .closer]
        default: []
        }
    }
}
