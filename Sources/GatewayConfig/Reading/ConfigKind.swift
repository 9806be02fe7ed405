/// What the text of a value must look like, and what it becomes.
struct ConfigKind<Value> {
    /// What is expected, as it reads after that word.
    let expected: String
    /// Reads the text of a scalar as it stands in the file, without its quotes.
    let parse: (String) throws(ConfigProblem) -> Value

    init(_ expected: String, parse: @escaping (String) throws(ConfigProblem) -> Value) {
        self.expected = expected
        self.parse = parse
    }

    /// For values that may be repeated in a message.
    /// - Parameter read: nil for a text that is not what is expected.
    init(_ expected: String, reading read: @escaping (String) -> Value?) {
        self.expected = expected
        self.parse = { text throws(ConfigProblem) in
            guard let value = read(text) else { throw ConfigProblem(expected: expected, found: text) }
            return value
        }
    }
}
