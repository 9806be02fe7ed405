/// Recognises what names one thing exactly: addresses, paths, files, names in code, order numbers.
enum IdentifierShape {
    /// Endings that make "a.b" a file or a host and not two sentences without a blank.
    private static let endings: Set<UInt64> = Set(
        """
        com org net edu gov io dev app info biz txt pdf csv json yaml yml xml html css js ts py swift java go rs sh \
        sql md \
        log conf ini exe dll zip png jpg gif doc docx xls xlsx ppt pptx
        """.split(separator: " ").map { GuardDigest.of($0.utf8) })

    /// The digest of the chunk if the whole of it is an address, a path, a file or a name in code.
    static func digest(_ bytes: Span<UInt8>, _ chunk: Range<Int>) -> UInt64? {
        var signs = Signs()
        for index in chunk {
            signs.note(bytes[index], at: index)
        }
        if signs.isBare { return nil }
        if signs.at > chunk.lowerBound, signs.dot > signs.at {
            return digest(bytes, chunk, loweredTo: chunk.upperBound)
        }
        if isURL(bytes, chunk) {
            return digest(bytes, chunk, loweredTo: endOfHost(bytes, chunk))
        }
        if isPath(bytes, chunk, signs) || signs.underscore > chunk.lowerBound && signs.underscore < chunk.upperBound - 1
        {
            return digest(bytes, chunk, loweredTo: chunk.lowerBound)
        }
        return ended(bytes, chunk)
    }

    /// A file or host by its ending. A host is lowered, the path behind it is not.
    private static func ended(_ bytes: Span<UInt8>, _ chunk: Range<Int>) -> UInt64? {
        let host = chunk.lowerBound..<endOfHost(bytes, chunk)
        guard let dot = host.last(where: { bytes[$0] == UInt8(ascii: ".") }), dot > host.lowerBound,
            GuardBytes.isLetter(bytes[dot - 1]) || GuardBytes.isDigit(bytes[dot - 1]), host.upperBound - dot <= 6
        else { return nil }
        var ending = GuardDigest()
        for index in (dot + 1)..<host.upperBound {
            ending.add(GuardBytes.lowered(bytes[index]))
        }
        guard endings.contains(ending.value) else { return nil }
        return digest(bytes, chunk, loweredTo: host.upperBound)
    }

    private static func isURL(_ bytes: Span<UInt8>, _ chunk: Range<Int>) -> Bool {
        if chunk.count > 4, GuardBytes.lowered(bytes[chunk.lowerBound]) == UInt8(ascii: "w"),
            GuardBytes.lowered(bytes[chunk.lowerBound + 1]) == UInt8(ascii: "w"),
            GuardBytes.lowered(bytes[chunk.lowerBound + 2]) == UInt8(ascii: "w"),
            bytes[chunk.lowerBound + 3] == UInt8(ascii: ".")
        {
            return true
        }
        return endOfScheme(bytes, chunk) != nil
    }

    private static func endOfScheme(_ bytes: Span<UInt8>, _ chunk: Range<Int>) -> Int? {
        for index in chunk where bytes[index] == UInt8(ascii: ":") {
            guard index + 3 < chunk.upperBound, bytes[index + 1] == UInt8(ascii: "/"),
                bytes[index + 2] == UInt8(ascii: "/")
            else { return nil }
            return index + 3
        }
        return nil
    }

    private static func endOfHost(_ bytes: Span<UInt8>, _ chunk: Range<Int>) -> Int {
        var index = endOfScheme(bytes, chunk) ?? chunk.lowerBound
        while index < chunk.upperBound, bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "?") {
            index += 1
        }
        return index
    }

    private static func isPath(_ bytes: Span<UInt8>, _ chunk: Range<Int>, _ signs: Signs) -> Bool {
        let start = chunk.lowerBound
        if signs.backslash >= 0 { return true }
        guard signs.slash >= 0, chunk.count > 1 else { return false }
        let first = bytes[start]
        let second = bytes[start + 1]
        if first == UInt8(ascii: "/") { return GuardBytes.isLetter(second) || second == UInt8(ascii: ".") }
        return (first == UInt8(ascii: "~") || first == UInt8(ascii: ".")) && signs.slash <= start + 2
    }

    private static func digest(_ bytes: Span<UInt8>, _ range: Range<Int>, loweredTo limit: Int) -> UInt64 {
        var digest = GuardDigest()
        for index in range {
            digest.add(index < limit ? GuardBytes.lowered(bytes[index]) : bytes[index])
        }
        return digest.value
    }

    /// The digest of a token of letters and digits. One that is written in one case, or Capitalised, is lowered
    /// ("PS5", "ps5"); mixed case may carry meaning ("aB3x") and stays.
    static func caseFolded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var small = 0
        var capitalsAfterFirst = 0
        for index in range {
            if bytes[index] &- 0x61 < 26 { small += 1 }
            if bytes[index] &- 0x41 < 26, index > range.lowerBound { capitalsAfterFirst += 1 }
        }
        let isMixed = small > 0 && capitalsAfterFirst > 0
        return digest(bytes, range, loweredTo: isMixed ? range.lowerBound : range.upperBound)
    }

    /// Whether digits belong to the word that starts at `start`: "A4", "ORDER-1234", "v1.2". A long word with a hyphen
    /// and one or two digits is a word and a number: "covid-19", "top-10".
    static func mixesFrom(_ bytes: Span<UInt8>, _ start: Int, limit: Int) -> Bool {
        var index = start
        while index < limit, GuardBytes.isASCIILetter(bytes[index]) {
            index += 1
        }
        guard index > start, index < limit else { return false }
        if GuardBytes.isDigit(bytes[index]) { return true }
        let letters = index - start
        while index < limit, bytes[index] == UInt8(ascii: "-") || GuardBytes.isASCIILetter(bytes[index]) {
            index += 1
        }
        guard index < limit, GuardBytes.isDigit(bytes[index]), bytes[index - 1] == UInt8(ascii: "-") else {
            return false
        }
        var end = index
        while end < limit, GuardBytes.isDigit(bytes[end]) {
            end += 1
        }
        return letters < 3 || end - index > 2 || end < limit && GuardBytes.isLetter(bytes[end])
    }

    /// The end of a run of ASCII letters, digits and the signs that join them.
    static func endOfMixed(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit {
            let byte = bytes[end]
            if GuardBytes.isDigit(byte) || GuardBytes.isASCIILetter(byte) || end > start && isJoiner(byte) {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    private static func isJoiner(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "_"),
            UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "^"), UInt8(ascii: "="), UInt8(ascii: "+"),
            UInt8(ascii: ","):
            true
        default: false
        }
    }
}
