/// Cuts a prepared text into tokens and takes its identifiers out. One pass, no search back.
struct GuardScanner {
    private(set) var identifiers: [UInt64] = []
    var tokens: [GuardToken] = []
    private var votes = InlineArray<5, Int>(repeating: 0)
    /// Letters of ASCII and Latin, and others.
    private var latin = 0
    private var foreign = 0

    /// The languages with most votes, all of them where none has any; none where unknown languages win.
    var languages: [LanguageSet] {
        guard latin >= foreign else { return [] }
        var most = 0
        for index in 0..<4 { most = max(most, votes[index]) }
        guard votes[4] <= most else { return [] }
        return (0..<4).filter { votes[$0] == most }.map { LanguageSet(rawValue: 1 << UInt8($0)) }
    }

    /// The language, if it has twice the votes of any other and at least two; empty otherwise.
    var certainLanguage: LanguageSet {
        guard latin >= foreign else { return .other }
        var (best, second) = (0, 0)
        for index in 1..<5 {
            if votes[index] > votes[best] {
                second = votes[best]
                best = index
            } else {
                second = max(second, votes[index])
            }
        }
        return votes[best] >= max(2, 2 * second) ? LanguageSet(rawValue: 1 << UInt8(best)) : []
    }

    mutating func scan(_ bytes: Span<UInt8>) {
        tokens.reserveCapacity(bytes.count / 4 + 4)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if GuardBytes.isSpace(byte) {
                if byte == 0x0A { tokens.append(.boundary) }
                index += 1
            } else if byte == UInt8(ascii: "`") {
                index = scanCode(bytes, from: index)
            } else {
                var end = index
                while end < bytes.count, !GuardBytes.isSpace(bytes[end]), bytes[end] != UInt8(ascii: "`") {
                    end += 1
                }
                scanChunk(bytes, index..<end)
                index = end
            }
        }
    }

    /// Code between back-ticks is one identifier, byte for byte; ticks that never close are skipped.
    private mutating func scanCode(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let tick = UInt8(ascii: "`")
        var open = start
        while open < bytes.count, bytes[open] == tick {
            open += 1
        }
        var index = open
        var run = 0
        while index < bytes.count, run < open - start {
            run = bytes[index] == tick ? run + 1 : 0
            index += 1
        }
        guard run == open - start else { return open }
        var digest = GuardDigest()
        for position in open..<(index - run) {
            digest.add(bytes[position])
        }
        identifiers.append(digest.value)
        tokens.append(.identifier)
        return index
    }

    private mutating func scanChunk(_ bytes: Span<UInt8>, _ chunk: Range<Int>) {
        var start = chunk.lowerBound
        var end = chunk.upperBound
        while start < end, GuardBytes.isOpener(bytes[start]) {
            start += 1
        }
        while end > start, GuardBytes.isCloser(bytes[end - 1]) {
            end -= 1
        }
        if start < end {
            if let digest = IdentifierShape.digest(bytes, start..<end) {
                identifiers.append(digest)
                tokens.append(.identifier)
            } else {
                scanPieces(bytes, start..<end)
            }
        }
        for index in end..<chunk.upperBound where GuardBytes.isBoundary(bytes[index]) {
            tokens.append(.boundary)
            break
        }
    }

    /// Cuts a chunk at its inner signs: words, numbers, and what mixes letters and digits.
    private mutating func scanPieces(_ bytes: Span<UInt8>, _ chunk: Range<Int>) {
        var index = chunk.lowerBound
        while index < chunk.upperBound {
            let piece = NumberShape.read(bytes, from: index, limit: chunk.upperBound, start: chunk.lowerBound)
            if let piece {
                append(piece)
                index = max(piece.end, index + 1)
            } else if GuardBytes.isLetter(bytes[index]) {
                index = scanWord(bytes, from: index, limit: chunk.upperBound)
            } else if GuardBytes.isDigit(bytes[index]) {
                index = scanMixed(bytes, from: index, limit: chunk.upperBound)
            } else {
                if GuardBytes.isBoundary(bytes[index]) {
                    tokens.append(.boundary)
                } else if GuardBytes.isCurrency(bytes[index]) || bytes[index] == UInt8(ascii: "%") {
                    appendWord(bytes, index..<(index + 1))
                }
                index += 1
            }
        }
    }

    private mutating func append(_ piece: NumberShape.Piece) {
        for quantity in piece.quantities {
            var token = GuardToken(kind: .number)
            token.quantity = quantity
            tokens.append(token)
        }
    }

    /// A word up to the next sign; with digits in it, it is an identifier.
    private mutating func scanWord(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit, GuardBytes.isLetter(bytes[end]) || isJoint(bytes, end, limit) {
            end += 1
        }
        if IdentifierShape.mixesFrom(bytes, start, limit: limit) {
            return scanMixed(bytes, from: start, limit: limit)
        }
        // "C++", "C#": the signs are part of the name.
        var signs = end
        while signs < limit, bytes[signs] == UInt8(ascii: "+") || bytes[signs] == UInt8(ascii: "#") {
            signs += 1
        }
        if signs > end, signs == limit {
            appendIdentifier(bytes, start..<signs)
            return signs
        }
        appendWord(bytes, start..<end)
        return end
    }

    private func isJoint(_ bytes: Span<UInt8>, _ index: Int, _ limit: Int) -> Bool {
        bytes[index] == UInt8(ascii: "'") && index + 1 < limit && GuardBytes.isLetter(bytes[index + 1])
    }

    private mutating func scanMixed(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int {
        let end = IdentifierShape.endOfMixed(bytes, from: start, limit: limit)
        appendIdentifier(bytes, start..<end)
        return end
    }

    private mutating func appendIdentifier(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        identifiers.append(IdentifierShape.caseFolded(bytes, range))
        tokens.append(.identifier)
    }

    private mutating func appendWord(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let start = range.lowerBound
        // French elision: l'ami, n'ai, j'ai.
        if range.count > 2, bytes[start + 1] == UInt8(ascii: "'"), isElided(bytes[start]) {
            if bytes[start] | 0x20 == UInt8(ascii: "n") {
                var token = GuardToken(kind: .word)
                token.role.isFunction = true
                token.role.negator = .opener
                token.role.negatorLanguages = .french
                tokens.append(token)
            }
            votes[2] += 1
            appendWord(bytes, (start + 2)..<range.upperBound)
            return
        }
        let (token, _) = WordShape.token(bytes, range)
        countScripts(bytes, range)
        for language in 0..<5 where token.role.votes.rawValue & (1 << UInt8(language)) != 0 {
            votes[language] += 1
        }
        tokens.append(token)
    }

    private mutating func countScripts(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        for index in range {
            // Letters of Greek and all scripts behind it begin with these bytes in UTF-8.
            if bytes[index] >= 0xCE { foreign += 1 } else if bytes[index] < 0x80 { latin += 1 }
        }
    }

    private func isElided(_ letter: UInt8) -> Bool {
        switch letter | 0x20 {
        case UInt8(ascii: "n"), UInt8(ascii: "l"), UInt8(ascii: "j"), UInt8(ascii: "d"), UInt8(ascii: "s"),
            UInt8(ascii: "m"), UInt8(ascii: "t"), UInt8(ascii: "c"), UInt8(ascii: "q"):
            true
        default: false
        }
    }
}
