@_spi(_Unicode) import Swift

/// The canonical form of a user's question for the exact tier of the cache.
///
/// It folds what cannot change a question and nothing else: Unicode form (NFC), white space, the letter case of plain
/// prose, and the sentence punctuation at the ends. Two texts that fold alike share one answer without any further
/// check, so every rule errs towards keeping texts apart.
///
/// - Case: a word is lowered only when it is written all in lower case or Capitalised. A single capital ("C", "I"),
///   capitals of two letters and more ("US"), inner capitals, and any token with a digit or a sign ("C++", "v1.2",
///   "ORDER-1234", e-mail, URL, path) stay. A message all in capitals with four words or more is shouted prose.
/// - Punctuation at the end: after a plain word `?`, `!`, `.` and `…` are mood and go. After anything else only a
///   question mark goes: `5!` is a factorial, `v1.` and `e.g.` own their stop. `¿` and `¡` in front go.
/// - Double quotes hold a literal: what they enclose stays as it is, white space too.
/// - A text that shows a sign of code keeps all but its Unicode form (see ``CodeSigns``).
///
/// Idempotent: folding a folded text changes nothing. Pure; any thread.
package struct QuestionFolding {
    /// The longest ASCII text that is folded on the stack; a longer one takes one more allocation.
    private static let stackCapacity = 256

    /// The canonical form of `text`, in time linear in its length. Empty only for a text of nothing visible.
    package static func fold(_ text: String) -> String {
        let bytes = text.utf8.span
        for index in bytes.indices where bytes[index] >= 0x80 {
            return foldScalars(text)
        }
        if bytes.count <= stackCapacity {
            return foldOnStack(bytes, of: text)
        }
        var units = Array(text.utf8)
        return foldBytes(&units, of: text)
    }

    /// ASCII is its own normal form, and none of its characters is invisible to be stripped.
    private static func foldOnStack(_ bytes: Span<UInt8>, of text: String) -> String {
        var units = InlineArray<256, UInt8>(repeating: 0)
        let length = foldInPlace(bytes, buffer: &units)
        guard let length else { return text }
        let folded = units.span.extracting(0..<length)
        guard let valid = try? UTF8Span(validating: folded) else { return text }
        return String(copying: valid)
    }

    private static func foldInPlace(_ bytes: Span<UInt8>, buffer: inout InlineArray<256, UInt8>) -> Int? {
        var units = buffer.mutableSpan
        for index in bytes.indices {
            units[index] = bytes[index]
        }
        return ProseFolding.fold(&units, count: bytes.count)
    }

    private static func foldBytes(_ units: inout [UInt8], of text: String) -> String {
        let count = units.count
        var span = units.mutableSpan
        guard let length = ProseFolding.fold(&span, count: count) else { return text }
        return String(decoding: units[..<length], as: UTF8.self)
    }

    private static func foldScalars(_ text: String) -> String {
        var units = visible(text)
        let count = units.count
        var span = units.mutableSpan
        guard let length = ProseFolding.fold(&span, count: count) else {
            return composed(text.unicodeScalars)
        }
        // Lowering may open a composition that the capital did not have (J and a caron), hence once more.
        if units[..<length].contains(where: \.isMark) { return composed(units[..<length]) }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: units[..<length])
        return String(result)
    }

    /// The scalars of `text` in NFC without those that are invisible and mean nothing: the byte order mark, the zero
    /// width space and the soft hyphen are hints for layout. Joiners stay (emoji and Indic scripts spell with them),
    /// bidirectional marks stay (they decide how mixed numbers read), and control characters stay.
    private static func visible(_ text: String) -> [Unicode.Scalar] {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFEFF, 0x200B, 0xAD: continue
            default: kept.append(scalar)
            }
        }
        return Array(String(kept)._nfc)
    }

    private static func composed(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        var result = String.UnicodeScalarView()
        result.append(contentsOf: String(view)._nfc)
        return String(result)
    }

    /// Folds by the path for all scripts, whatever the text: tests compare the fast path with it.
    static func foldWithoutFastPath(_ text: String) -> String { foldScalars(text) }
}
