/// Endings that hardly any name has: words with them are everyday words, though in no list.
enum CommonEndings {
    private static let endings: Set<UInt64> = Set(
        """
        tion sion ment ness able ible ally ingly edly ously ively ative ical istic ance ence ancy ency ship ward wise \
        ology ologist ization isation keit heit ung lich isch ción miento mente idad ible able eur euse ement ique \
        ating ating izing ising ified ifying uous ious eous ious ful less
        """.split(whereSeparator: \.isWhitespace).map { GuardDigest.of($0.utf8) })
    private static let lengths = 3...7
    /// What has to stand before an ending.
    private static let leastStem = 3

    static func has(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
        let end = word.upperBound
        // Plurals have the endings of their singulars.
        let ends = bytes[end - 1] | 0x20 == UInt8(ascii: "s") ? [end, end - 1] : [end]
        return ends.contains { end in
            lengths.contains { length in
                guard end - length - word.lowerBound >= leastStem else { return false }
                var digest = GuardDigest()
                for index in (end - length)..<end { digest.add(GuardBytes.lowered(bytes[index])) }
                return endings.contains(digest.value)
            }
        }
    }
}
