import Testing

/// One text file of the tree, in the forms the rules look at.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// Relative to the package's root.
    let path: String
    let text: String
    let lines: [String]
    /// Swift code without comments and literals; for other files the same as ``text``.
    let code: String
    let codeLines: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = Self.split(text)
        code = path.hasSuffix(".swift") ? SwiftMask.mask(text) : text
        codeLines = Self.split(code)
    }

    var testDescription: String { path }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isMarkdown: Bool { path.hasSuffix(".md") }

    /// The target a Swift file belongs to.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// The file's name without folder and ending.
    var name: String {
        let last = path.split(separator: "/").last ?? ""
        return String(last.prefix { $0 != "." })
    }

    /// Under Sources, and not what tests share.
    var isShipped: Bool { path.hasPrefix("Sources/") && target != "GatewayTesting" }
    var isTest: Bool { path.hasPrefix("Tests/") }

    private static func split(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
