/// Well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
package enum UTF8Sequence {
    /// Length in bytes of the multi-byte sequence that starts at `index`, nil when it is not well formed.
    package static func length(at index: Int, in text: Span<UInt8>) -> Int? {
        let first = text[index]
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch first {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0...0)
            }
        guard length > 0, index + length <= text.count, second.contains(text[index + 1]) else { return nil }
        for offset in 2..<max(length, 2) where text[index + offset] & 0xC0 != 0x80 { return nil }
        return length
    }
}
