extension GuardFeatures {
    /// Raised whenever a rule changes what the features of a text are: features of another version are drawn anew.
    private static let version: UInt8 = 2
    private static let sketched: UInt8 = 2

    /// The features as bytes for the mirror, little endian; about 50 for a short question, at most 1.5 KB.
    /// Numbers are readable in them, words and identifiers only as digests.
    package var encoded: [UInt8] {
        // What the words tell need not be told twice: only a long text's sketch is more than its words.
        let isSketched = content != ContentSketch(words)
        var bytes: [UInt8] = [
            GuardFeatures.version, (asksForWay ? 1 : 0) | (isSketched ? GuardFeatures.sketched : 0),
            UInt8(quantities.count), UInt8(identifiers.count), UInt8(negations.count), UInt8(words.count),
            UInt8(marks.count), UInt8(quotes.count) << 5 | language.rawValue,
        ]
        for quantity in quantities {
            append(UInt64(bitPattern: quantity.mantissa), length: 8, to: &bytes)
            bytes.append(UInt8(bitPattern: quantity.exponent))
            bytes.append(quantity.unit.rawValue)
            bytes.append(quantity.strength.rawValue)
        }
        for identifier in identifiers {
            append(identifier, length: 8, to: &bytes)
        }
        for negation in negations {
            append(UInt64(negation.focus), length: 4, to: &bytes)
            bytes.append((negation.isInability ? 1 : 0) | (negation.isIgnorance ? 2 : 0))
        }
        for word in words {
            append(UInt64(word.stem) | UInt64(word.part.rawValue) << 20, length: 3, to: &bytes)
            if word.isStranger { append(UInt64(word.letters), length: 4, to: &bytes) }
        }
        for mark in marks {
            append(UInt64(mark.packed), length: 3, to: &bytes)
        }
        for quote in quotes {
            append(UInt64(quote), length: 4, to: &bytes)
        }
        if isSketched {
            for stem in content.stems { append(UInt64(stem), length: 3, to: &bytes) }
        }
        return bytes
    }

    private func append(_ value: UInt64, length: Int, to bytes: inout [UInt8]) {
        for index in 0..<length {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }

    /// The features that ``encoded`` wrote; nil for bytes of another version, cut short, or with anything behind.
    package init?(encoded bytes: [UInt8]) {
        var reader = FeatureReader(bytes: bytes)
        guard reader.byte() == GuardFeatures.version, let flags = reader.byte(),
            let counts = GuardFeatures.counts(&reader), let tail = reader.byte(),
            let quantities = GuardFeatures.list(counts[0], { GuardFeatures.quantity(&reader) }),
            let identifiers = GuardFeatures.list(counts[1], { reader.integer(8) }),
            let negations = GuardFeatures.list(counts[2], { GuardFeatures.negation(&reader) }),
            let words = GuardFeatures.list(counts[3], { GuardFeatures.word(&reader) }),
            let marks = GuardFeatures.list(
                counts[4], { reader.integer(3).map { ContrastMark(packed: UInt32(truncatingIfNeeded: $0)) } }),
            let quotes = GuardFeatures.list(
                tail >> 5, { reader.integer(4).map { UInt32(truncatingIfNeeded: $0) } })
        else { return nil }
        var content = ContentSketch(words)
        if flags & GuardFeatures.sketched != 0 {
            var stems: [UInt32] = []
            while let stem = reader.integer(3) { stems.append(UInt32(truncatingIfNeeded: stem)) }
            content = ContentSketch(stems)
            guard !stems.isEmpty, content.stems == stems else { return nil }
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            quantities: quantities, identifiers: identifiers, negations: negations, content: content, words: words,
            marks: marks, quotes: quotes, language: LanguageSet(rawValue: tail & 0x1F), asksForWay: flags & 1 != 0)
    }

    private static func counts(_ reader: inout FeatureReader) -> [UInt8]? { list(5) { reader.byte() } }

    private static func list<Element>(_ count: UInt8, _ next: () -> Element?) -> [Element]? {
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let element = next() else { return nil }
            elements.append(element)
        }
        return elements
    }

    private static func quantity(_ reader: inout FeatureReader) -> Quantity? {
        guard let mantissa = reader.integer(8), let exponent = reader.byte(),
            let unit = reader.byte().flatMap(QuantityUnit.init(rawValue:)),
            let strength = reader.byte().flatMap(Quantity.Strength.init(rawValue:))
        else { return nil }
        return Quantity(
            mantissa: Int64(bitPattern: mantissa), exponent: Int8(bitPattern: exponent), unit: unit,
            strength: strength)
    }

    private static func negation(_ reader: inout FeatureReader) -> Negation? {
        guard let focus = reader.integer(4), let flag = reader.byte() else { return nil }
        return Negation(
            focus: UInt32(truncatingIfNeeded: focus), isInability: flag & 1 != 0, isIgnorance: flag & 2 != 0)
    }

    private static func word(_ reader: inout FeatureReader) -> GuardWord? {
        guard let packed = reader.integer(3), let part = GuardWord.Part(rawValue: UInt8(packed >> 20)) else {
            return nil
        }
        var letters: UInt64 = 0
        if part == .rare || part == .name {
            guard let bag = reader.integer(4) else { return nil }
            letters = bag
        }
        return GuardWord(
            stem: UInt32(truncatingIfNeeded: packed), part: part, letters: UInt32(truncatingIfNeeded: letters))
    }
}
