@_spi(_Unicode) import Swift

/// A stretch of text beyond ASCII on its way through cleaning, decomposition, accent stripping and lower-casing.
///
/// Characters are gathered because decomposition puts neighbouring marks into a canonical order. ASCII never takes part
/// in that, so a run may end there; it also ends at ideographs and, to bound its memory, at a letter once it is long.
struct ScalarRun {
    private static let longest = 256

    private let model: TokenizerModel
    private var pending = String.UnicodeScalarView()
    private var count = 0

    init(model: TokenizerModel) {
        self.model = model
    }

    var isEmpty: Bool { count == 0 }

    /// Adds one scalar; what comes before it may go to the writer.
    mutating func append(_ scalar: Unicode.Scalar, into writer: inout PieceWriter) {
        if model.separatesIdeographs, ScalarRules.isIdeograph(scalar) {
            appendIdeograph(scalar, into: &writer)
            return
        }
        if model.cleansText, ScalarRules.isRemoved(scalar) { return }
        if ScalarRules.isWhitespace(scalar) {
            end(into: &writer)
            writer.endWord()
            return
        }
        if count >= Self.longest, Self.beginsAnew(scalar) { end(into: &writer) }
        pending.append(scalar)
        count += 1
    }

    /// Sends what was gathered to the writer, as words and parts of words.
    mutating func end(into writer: inout PieceWriter) {
        guard count > 0 else { return }
        if model.stripsAccents {
            for scalar in String(pending)._nfd where !ScalarRules.isAccent(scalar) { lower(scalar, into: &writer) }
        } else {
            for scalar in pending { lower(scalar, into: &writer) }
        }
        pending = String.UnicodeScalarView()
        count = 0
    }

    private mutating func appendIdeograph(_ scalar: Unicode.Scalar, into writer: inout PieceWriter) {
        end(into: &writer)
        writer.endWord()
        if ScalarRules.isPlainIdeograph(scalar) {
            writer.append(scalar)
        } else {
            pending.append(scalar)
            count = 1
            end(into: &writer)
        }
        writer.endWord()
    }

    private func lower(_ scalar: Unicode.Scalar, into writer: inout PieceWriter) {
        guard model.lowercases, scalar.properties.changesWhenLowercased else {
            split(scalar, into: &writer)
            return
        }
        // Scalar by scalar, so that a final sigma is not treated in its own way.
        for lowered in scalar.properties.lowercaseMapping.unicodeScalars { split(lowered, into: &writer) }
    }

    private func split(_ scalar: Unicode.Scalar, into writer: inout PieceWriter) {
        if ScalarRules.isPunctuation(scalar) {
            writer.endWord()
            writer.append(scalar)
            writer.endWord()
        } else if ScalarRules.isWhitespace(scalar) {
            writer.endWord()
        } else {
            writer.append(scalar)
        }
    }

    /// Whether canonical ordering never moves a mark across `scalar`.
    private static func beginsAnew(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: false
        default: scalar.properties.canonicalCombiningClass == .notReordered
        }
    }
}
