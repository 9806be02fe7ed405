/// What the structural guard compares of one text, drawn from it once and kept with the entry.
///
/// Numbers stay exact, identifiers are 64-bit digests, words are 32-bit hashes of their stems: at most
/// `maximumQuantities` × 16 + `maximumIdentifiers` × 8 + 48 × 4 + `maximumNegations` × 8 bytes, for a short question
/// without numbers about 40. Beyond a maximum the rest goes into one digest, which must be equal as a whole.
/// Drawing is linear in the text's length. Pure; any thread.
package struct GuardFeatures: Sendable, Equatable {
    static let maximumQuantities = 32
    static let maximumIdentifiers = 32
    static let maximumNegations = 8

    let quantities: [Quantity]
    /// Sorted, each once.
    let identifiers: [UInt64]
    let negations: [Negation]
    let content: ContentSketch
    /// The text asks for a way or a place: how, where, what.
    let asksForWay: Bool

    /// Draws the features of `text`: the words that are compared with the candidate's, thus without any template.
    package init(text: String) {
        var scanner = GuardScanner()
        let bytes = text.utf8.span
        if GuardFeatures.isPlain(bytes) {
            scanner.scan(bytes)
        } else {
            scanner.scan(GuardText.prepared(text).span)
        }
        let language = scanner.language
        let amounts = QuantityReader.read(&scanner.tokens, language: language)
        let negations = NegationReader.read(scanner.tokens, language: language)
        var identifiers = Set(scanner.identifiers).sorted()
        if amounts.count > GuardFeatures.maximumQuantities {
            identifiers.append(GuardFeatures.digest(amounts[GuardFeatures.maximumQuantities...]))
        }
        if identifiers.count > GuardFeatures.maximumIdentifiers {
            var digest = GuardDigest()
            for identifier in identifiers[GuardFeatures.maximumIdentifiers...] {
                digest.add(identifier)
            }
            identifiers.replaceSubrange(GuardFeatures.maximumIdentifiers..., with: [digest.value])
        }
        self.identifiers = identifiers
        self.quantities = Array(amounts.prefix(GuardFeatures.maximumQuantities))
        self.negations = Array(negations.prefix(GuardFeatures.maximumNegations))
        self.content = ContentSketch(scanner.tokens.compactMap { $0.isContent ? $0.stem : nil })
        self.asksForWay = scanner.tokens.contains { $0.role.asksForWay }
    }

    init(
        quantities: [Quantity], identifiers: [UInt64], negations: [Negation], content: ContentSketch, asksForWay: Bool
    ) {
        self.quantities = quantities
        self.identifiers = identifiers
        self.negations = negations
        self.content = content
        self.asksForWay = asksForWay
    }

    /// Whether the bytes need no preparation: ASCII without the control codes that stand for currency signs.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where bytes[index] >= 0x80 || bytes[index] < 5 {
            return false
        }
        return true
    }

    private static func digest(_ quantities: ArraySlice<Quantity>) -> UInt64 {
        var digest = GuardDigest()
        for quantity in quantities {
            digest.add(UInt64(bitPattern: quantity.mantissa))
            digest.add(UInt8(bitPattern: quantity.exponent))
            digest.add(quantity.unit.rawValue)
        }
        return digest.value
    }
}
