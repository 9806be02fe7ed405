extension TidyRule {
    static let lineLimit = 120
    static let fileLimit = 400
    static let functionLimit = 70

    /// Sizes.
    static let shape: [TidyRule] = [
        // A test's data is not cut to pieces: there, a line that is mostly literals may be longer.
        TidyRule(name: "Lines have at most 120 columns", covers: \.isSwift) { file in
            file.lines.enumerated().compactMap { index, line in
                guard line.count > lineLimit, !(file.isTest && isMostlyLiteral(line, code: file.codeLines[index]))
                else { return nil }
                return file.finding(index + 1, "\(line.count) columns: break the line")
            }
        },
        TidyRule(name: "Files have at most 400 lines", covers: \.isSwift) { file in
            guard file.lines.count > fileLimit else { return [] }
            return [file.finding(1, "\(file.lines.count) lines: take a part out, with a name of its own")]
        },
        TidyRule(name: "Functions have at most 70 lines", covers: \.isSwift) { file in
            FunctionSpan.spans(in: file).compactMap { span in
                guard span.length > functionLimit else { return nil }
                return file.finding(span.firstLine, "\(span.length) lines: take a step out, with a name of its own")
            }
        },
    ]

    /// Whether the text of literals (blanked in the code) is more than half of a line, its indentation left aside.
    private static func isMostlyLiteral(_ line: String, code: String) -> Bool {
        let written = line.count { $0 != " " }
        let visible = code.count { $0 != " " }
        return code.contains("\"") && visible * 2 < written
    }
}
