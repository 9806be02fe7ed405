/// Texts of others, fit for a terminal and for a cell of a table.
enum CellText {
    /// On one line, at most `width` characters.
    static func short(_ text: String?, _ width: Int) -> String {
        guard let text else { return "-" }
        let line = line(text)
        return line.count > width ? line.prefix(width - 1) + "…" : line
    }

    /// On one line.
    static func line(_ text: String) -> String {
        plain(text.split { $0.isNewline || $0 == "\t" }.joined(separator: " "))
    }

    /// Without the characters that a terminal obeys instead of showing them (C0, DEL and C1) but line ends: whoever
    /// asked a question must not command the terminal of the operator who looks at it.
    static func plain(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar.value {
            case 0x0A: shown.append(scalar)
            case ..<0x20, 0x7F...0x9F: shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// A number of seconds in its largest unit.
    static func life(_ seconds: Int?) -> String {
        guard let seconds else { return "never" }
        switch abs(seconds) {
        case ..<120: return "\(seconds) s"
        case ..<7200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }
}
