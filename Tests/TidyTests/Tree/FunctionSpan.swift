/// Where a function or initialiser stands: from its keyword to its closing brace.
struct FunctionSpan: Equatable {
    /// Counted from 1.
    let firstLine: Int
    let length: Int

    static func spans(in file: SourceFile) -> [FunctionSpan] {
        let function = Pattern(#"(?<![\w.])(?:func\s+\S+?|init[?]?|deinit)\s*(?:[<({]|$)"#)
        return function.matches(in: file.code).compactMap { match in
            guard let last = closingLine(from: match.line - 1, in: file.codeLines) else { return nil }
            return FunctionSpan(firstLine: match.line, length: last - match.line + 2)
        }
    }

    /// The index of the line where the first brace opened from `start` on is closed. Nil for a declaration without a
    /// body, which is followed by a blank line, a brace that closes what it stands in, or another declaration.
    private static func closingLine(from start: Int, in lines: [String]) -> Int? {
        var depth = 0
        var isOpen = false
        for index in start..<lines.count {
            for character in lines[index] {
                if character == "{" {
                    depth += 1
                    isOpen = true
                } else if character == "}" {
                    depth -= 1
                    if depth <= 0 { return isOpen ? index : nil }
                }
            }
            if !isOpen, lines[index].allSatisfy(\.isWhitespace) { return nil }
        }
        return nil
    }
}
