/// Everything that is wrong in a configuration file, in the order of the file. Never empty.
package struct ConfigIssues: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name as the operator knows it.
    package let source: String
    package let issues: [ConfigIssue]

    init(source: String, _ first: ConfigIssue, _ others: [ConfigIssue] = []) {
        self.source = source
        self.issues = [first] + others
    }

    /// Nil when nothing is wrong. Sorts by place; issues of one place keep their order.
    init?(source: String, sorting issues: [ConfigIssue]) {
        guard !issues.isEmpty else { return nil }
        self.source = source
        // The standard library's sort is stable, yet its documentation does not promise it: the index decides.
        self.issues = issues.enumerated().sorted { one, other in
            let (first, second) = (one.element, other.element)
            return (first.line, first.column, one.offset) < (second.line, second.column, other.offset)
        }.map(\.element)
    }

    /// Nothing gets better before somebody changes the file or what it refers to.
    package var isRetriable: Bool { false }

    /// One line for each issue, such as
    /// `refrain.yaml:12:5: cache.threshold: expected a number from 0 to 1, found 1.4`.
    package var description: String {
        issues.map { $0.line > 0 ? "\(source):\($0)" : "\(source): \($0)" }.joined(separator: "\n")
    }
}
