import Foundation

/// A regular expression over a whole text; `^` and `$` stand at line borders.
struct Pattern {
    /// One place where it fits.
    struct Match {
        /// Counted from 1.
        let line: Int
        /// What the groups took; empty where one took nothing.
        let groups: [String]
    }

    private let expression: NSRegularExpression?

    /// An expression that does not compile matches nothing, which its rule's own test notices.
    init(_ expression: String) {
        self.expression = try? NSRegularExpression(pattern: expression, options: [.anchorsMatchLines])
    }

    func matches(in text: String) -> [Match] {
        guard let expression else { return [] }
        let whole = text as NSString
        var line = 1
        var counted = 0
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { result in
            let start = result.range.location
            let between = whole.substring(with: NSRange(location: counted, length: start - counted))
            line += between.utf8.count { $0 == UInt8(ascii: "\n") }
            counted = start
            let groups = (1..<max(result.numberOfRanges, 1)).map { group in
                let range = result.range(at: group)
                return range.location == NSNotFound ? "" : whole.substring(with: range)
            }
            return Match(line: line, groups: groups)
        }
    }
}
