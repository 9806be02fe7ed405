/// One thing that is wrong in a configuration file.
package struct ConfigIssue: Error, Sendable, Equatable, CustomStringConvertible {
    /// Which value, such as `routes[0].targets[1].provider`; empty when the whole file is meant.
    package let path: String
    /// From 1; 0 when the issue has no place in the text.
    package let line: Int
    /// From 1, counted in Unicode scalars; 0 when the issue has no place in the text.
    package let column: Int
    /// What was expected and what was found. Never holds a secret.
    package let message: String

    init(path: String = "", at position: ConfigPosition = .none, _ message: String) {
        self.path = path
        self.line = position.line
        self.column = position.column
        self.message = message
    }

    /// `12:5: cache.threshold: expected …`, with the parts there are.
    package var description: String {
        let place = line > 0 ? "\(line):\(column): " : ""
        return place + (path.isEmpty ? message : "\(path): \(message)")
    }
}
