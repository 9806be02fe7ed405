import Testing

/// One house rule over one file at a time.
struct TidyRule: Sendable, CustomTestStringConvertible {
    /// A sentence that says what holds.
    let name: String
    /// The files it is about.
    let covers: @Sendable (SourceFile) -> Bool
    let check: @Sendable (SourceFile) -> [Finding]

    var testDescription: String { name }

    func findings(in files: [SourceFile]) -> [Finding] {
        files.filter(covers).flatMap(check)
    }

    /// A rule that bans what a pattern finds in the code, comments and literals left aside.
    static func banning(
        _ expression: String, in covers: @escaping @Sendable (SourceFile) -> Bool, name: String, instead: String
    ) -> TidyRule {
        TidyRule(name: name, covers: { $0.isSwift && covers($0) }) { file in
            Pattern(expression).matches(in: file.code).map {
                Finding(path: file.path, line: $0.line, message: instead)
            }
        }
    }
}

extension SourceFile {
    func finding(_ line: Int, _ message: String) -> Finding {
        Finding(path: path, line: line, message: message)
    }
}
