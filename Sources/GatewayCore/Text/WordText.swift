/// Text in the form in which words are looked for: ASCII letters in lower case, everything that is no word one space,
/// and a space at both ends.
///
/// Letters, digits, `_`, `+`, `#` (C++ and C# are words) and all bytes beyond ASCII make words. Case is folded for
/// ASCII only: a keyword in another alphabet is found as it is written.
package enum WordText {
    private static let space = UInt8(ascii: " ")

    /// - Parameter limit: the most bytes read of a text; a longer one is read at its beginning and its end, where
    ///   instructions stand.
    package static func words(of text: Span<UInt8>, limit: Int = .max) -> [UInt8] {
        var words: [UInt8] = []
        words.reserveCapacity(min(text.count, limit) + 2)
        words.append(space)
        let tail = text.count > limit ? limit / 4 : 0
        let head = min(text.count, limit) - tail
        for index in 0..<head { append(text[index], to: &words) }
        if tail > 0 {
            append(space, to: &words)
            for index in (text.count - tail)..<text.count { append(text[index], to: &words) }
        }
        append(space, to: &words)
        return words
    }

    /// The same for a short text that is held elsewhere.
    package static func words(of text: some Sequence<UInt8>) -> [UInt8] {
        var words = [space]
        for byte in text { append(byte, to: &words) }
        append(space, to: &words)
        return words
    }

    @inline(__always)
    private static func append(_ byte: UInt8, to words: inout [UInt8]) {
        let folded = table[Int(byte)]
        if folded == space, words.last == space { return }
        words.append(folded)
    }

    private static let table: [UInt8] = (0...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
            UInt8(ascii: "+"), UInt8(ascii: "#"), 0x80...0xFF:
            byte
        default: space
        }
    }
}
