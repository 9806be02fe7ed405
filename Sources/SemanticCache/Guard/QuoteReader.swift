/// Finds what a text quotes.
enum QuoteReader {
    static let maximumQuotes = 4
    private static let longest = 120

    /// Digests of what stands between double quotation marks, without regard to case and signs; sorted, each once.
    /// Marks that never close, and quotations longer than 120 bytes, are none.
    static func read(_ bytes: Span<UInt8>) -> [UInt32] {
        let mark = UInt8(ascii: "\"")
        var quotes: Set<UInt32> = []
        var start: Int?
        for index in bytes.indices where bytes[index] == mark {
            if let opened = start, index > opened + 1 {
                if index - opened <= longest, let digest = digest(bytes, (opened + 1)..<index) {
                    quotes.insert(digest)
                }
                start = nil
            } else {
                start = index
            }
        }
        return Array(quotes.sorted().prefix(maximumQuotes))
    }

    private static func digest(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
        var digest = GuardDigest()
        var isEmpty = true
        for index in range where GuardBytes.isLetter(bytes[index]) || GuardBytes.isDigit(bytes[index]) {
            digest.add(GuardBytes.lowered(bytes[index]))
            isEmpty = false
        }
        return isEmpty ? nil : UInt32(truncatingIfNeeded: digest.value)
    }
}
