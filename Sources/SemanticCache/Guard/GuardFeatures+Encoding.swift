extension GuardFeatures {
    /// Raised whenever a rule changes what the features of a text are: features of another version are drawn anew.
    private static let version: UInt8 = 1

    /// The features as bytes for the store, little endian; about 50 for a short question, at most 1.1 KB.
    /// Numbers are readable in them, words and identifiers only as digests.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = [
            GuardFeatures.version, asksForWay ? 1 : 0, UInt8(quantities.count), UInt8(identifiers.count),
            UInt8(negations.count), UInt8(content.stems.count),
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
            bytes.append(negation.isInability ? 1 : 0)
        }
        for stem in content.stems {
            append(UInt64(stem), length: 4, to: &bytes)
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
        guard reader.byte() == GuardFeatures.version, let asks = reader.byte(), let quantityCount = reader.byte(),
            let identifierCount = reader.byte(), let negationCount = reader.byte(), let stemCount = reader.byte()
        else { return nil }
        var quantities: [Quantity] = []
        for _ in 0..<quantityCount {
            guard let mantissa = reader.integer(8), let exponent = reader.byte(),
                let unit = reader.byte().flatMap(QuantityUnit.init(rawValue:)),
                let strength = reader.byte().flatMap(Quantity.Strength.init(rawValue:))
            else { return nil }
            quantities.append(
                Quantity(
                    mantissa: Int64(bitPattern: mantissa), exponent: Int8(bitPattern: exponent), unit: unit,
                    strength: strength))
        }
        var identifiers: [UInt64] = []
        for _ in 0..<identifierCount {
            guard let identifier = reader.integer(8) else { return nil }
            identifiers.append(identifier)
        }
        var negations: [Negation] = []
        for _ in 0..<negationCount {
            guard let focus = reader.integer(4), let flag = reader.byte() else { return nil }
            negations.append(Negation(focus: UInt32(truncatingIfNeeded: focus), isInability: flag == 1))
        }
        var stems: [UInt32] = []
        for _ in 0..<stemCount {
            guard let stem = reader.integer(4) else { return nil }
            stems.append(UInt32(truncatingIfNeeded: stem))
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            quantities: quantities, identifiers: identifiers, negations: negations, content: ContentSketch(stems),
            asksForWay: asks == 1)
    }
}
