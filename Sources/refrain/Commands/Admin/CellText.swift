/// Texts that fit into a cell of a table.
enum CellText {
    /// On one line, at most `width` characters.
    static func short(_ text: String?, _ width: Int) -> String {
        guard let text else { return "-" }
        let line = text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        return line.count > width ? line.prefix(width - 1) + "…" : line
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
