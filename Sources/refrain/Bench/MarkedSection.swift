/// A part of a document that is written by a program, between two comments of Markdown.
enum MarkedSection {
    /// - Returns: nil when the marks are not there, in this order.
    static func replace(_ name: String, in text: String, with content: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(of: "<!-- figures: \(name) -->"),
            let last = lines[first...].firstIndex(of: "<!-- end of figures: \(name) -->")
        else { return nil }
        return (lines[...first].map(String.init) + ["", content, ""] + lines[last...].map(String.init))
            .joined(separator: "\n")
    }
}
