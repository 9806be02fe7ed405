/// Which characters the reference tokenizer removes, strips and splits at.
///
/// It decides by the character categories of Unicode 8, also on newer characters: those it takes for unassigned, which
/// are neither controls nor accents nor punctuation. Matching that keeps token ids equal on every character there is.
enum ScalarRules {
    /// White space by Unicode's White_Space property.
    static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace
    }

    /// What cleaning removes: NUL, the replacement character, controls other than tab and line ends, format and
    /// private-use characters.
    static func isRemoved(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0, 0xFFFD: return true
        case 0x09, 0x0A, 0x0D: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .privateUse, .surrogate: return true
        case .format: return isKnown(scalar)
        default: return false
        }
    }

    /// A nonspacing mark, which stripping accents removes after decomposition.
    static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Nonspacing marks of Unicode 8 that have become spacing marks, and the reverse.
        case 0x1734, 0x1171E: return true
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
        default: break
        }
        return scalar.properties.generalCategory == .nonspacingMark && isKnown(scalar)
    }

    /// What stands as a word of its own: all ASCII that is neither letter, digit, space nor control, and Unicode's
    /// punctuation.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0..<0x80: return false
        // Punctuation in Unicode 8: a symbol and a mark today.
        case 0x166D, 0x111C9: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return isKnown(scalar)
        default:
            return false
        }
    }

    /// The blocks of ideographs that are separated into words. Syllabaries and Hangul are not among them. The sixth
    /// range begins 256 characters late in the reference, and so it must here.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF: true
        case 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F: true
        default: false
        }
    }

    /// Ideographs that decompose into nothing else, so that they end a run of text to be decomposed.
    static func isPlainIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        isIdeograph(scalar) && !(0xF900...0xFAFF).contains(scalar.value) && scalar.value < 0x2F800
    }

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        guard let age = scalar.properties.age else { return false }
        return age.major <= 8
    }
}
