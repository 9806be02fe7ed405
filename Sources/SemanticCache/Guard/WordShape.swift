/// The role and the stem of a word.
enum WordShape {
    /// The token of the word in `range`. Apostrophes do not count ("dont" is "don't"), a possessive 's goes.
    static func token(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (GuardToken, UInt64) {
        var end = range.upperBound
        if range.count > 2, bytes[end - 1] | 0x20 == UInt8(ascii: "s"), bytes[end - 2] == UInt8(ascii: "'") { end -= 2 }
        var digest = GuardDigest()
        for index in range.lowerBound..<end where bytes[index] != UInt8(ascii: "'") {
            digest.add(GuardBytes.lowered(bytes[index]))
        }
        var token = GuardToken(kind: .word)
        token.role = GuardLexicon.shared.role(of: digest.value)
        token.stem = stem(bytes, range.lowerBound..<end)
        token.range = range.lowerBound..<end
        token.isCapitalised = bytes[range.lowerBound] &- 0x41 < 26
        return (token, digest.value)
    }

    /// A hash of the word without its English inflection (-s, -es, -ed, -ing, a final e or doubled consonant): rough,
    /// but
    /// the same for all forms of most words, which is all that is asked of it.
    static func stem(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        let start = range.lowerBound
        var end = range.upperBound
        func letter(_ back: Int) -> UInt8 { end - back >= start ? GuardBytes.lowered(bytes[end - back]) : 0 }
        let e = UInt8(ascii: "e")
        if end - start > 3, letter(1) == UInt8(ascii: "s"), letter(2) != UInt8(ascii: "s") { end -= 1 }
        if end - start > 5, letter(1) == UInt8(ascii: "g"), letter(2) == UInt8(ascii: "n"),
            letter(3) == UInt8(ascii: "i")
        {
            end -= 3
        } else if end - start > 4, letter(1) == UInt8(ascii: "d"), letter(2) == e {
            end -= 2
        }
        if end - start > 3, letter(1) == e { end -= 1 }
        if end - start > 3, letter(1) == letter(2) { end -= 1 }
        var digest = GuardDigest()
        for index in start..<end {
            let byte = GuardBytes.lowered(bytes[index])
            let isLast = index == end - 1
            digest.add(isLast && byte == UInt8(ascii: "i") && end - start > 3 ? UInt8(ascii: "y") : byte)
        }
        return UInt32(truncatingIfNeeded: digest.value >> 16) | 1
    }
}
