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

    /// Calls `body` with the words of a text, which for a short one stand on the stack. Signs beyond ASCII that stand
    /// at words, such as `¿`, `«` and curly quotes, are no part of them here.
    package static func withWords<Result>(of text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        guard text.count <= stackCapacity - 2 else {
            var words = [space]
            words.reserveCapacity(text.count + 2)
            each(of: text) { append($0, to: &words) }
            append(space, to: &words)
            return body(words.span)
        }
        var room = InlineArray<512, UInt8>(repeating: space)
        var count = 1
        each(of: text) { byte in
            let folded = table[Int(byte)]
            if folded == space, room[count - 1] == space { return }
            room[count] = folded
            count += 1
        }
        if room[count - 1] != space { count += 1 }
        return body(room.span.extracting(0..<count))
    }

    private static let stackCapacity = 512

    /// Each byte, with a blank for a sign.
    private static func each(of text: Span<UInt8>, _ take: (UInt8) -> Void) {
        var position = 0
        while position < text.count {
            let length = signLength(in: text, at: position)
            take(length > 0 ? space : text[position])
            position += max(length, 1)
        }
    }

    /// Of a sign in UTF-8: no-break space, inverted marks and guillemets of Latin-1, and the first half of General
    /// Punctuation, with its dashes, quotes and the ellipsis; 0 for anything else.
    private static func signLength(in text: Span<UInt8>, at position: Int) -> Int {
        if text[position] == 0xC2, position + 1 < text.count {
            switch text[position + 1] {
            case 0xA0, 0xA1, 0xAB, 0xBB, 0xBF: return 2
            default: return 0
            }
        }
        let isPunctuation = text[position] == 0xE2 && position + 2 < text.count && text[position + 1] == 0x80
            && text[position + 2] <= 0xAF
        return isPunctuation ? 3 : 0
    }

    /// The words of a short text that is held elsewhere.
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
