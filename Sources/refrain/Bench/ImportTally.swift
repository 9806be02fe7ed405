/// What `refrain cache import` says at its end.
struct ImportTally: Equatable {
    let lines: Int
    let stored: Int
    let unchanged: Int

    /// Lines that stand now.
    var imported: Int { stored + unchanged }

    init(lines: Int, stored: Int, unchanged: Int) {
        self.lines = lines
        self.stored = stored
        self.unchanged = unchanged
    }

    /// - Parameter output: all that the command has printed.
    /// - Returns: nil where it did not come to its end.
    init?(_ output: String) {
        let last = output.split(whereSeparator: \.isNewline).last { $0.contains("imported ") }
        let words = (last ?? "").split { " ,;:".contains($0) }
        func number(before word: String) -> Int? {
            words.firstIndex { $0 == word }.flatMap { $0 > 0 ? Int(words[$0 - 1]) : nil }
        }
        guard let lines = number(before: "lines"), let stored = number(before: "stored"),
            let unchanged = number(before: "unchanged")
        else { return nil }
        self.init(lines: lines, stored: stored, unchanged: unchanged)
    }
}
