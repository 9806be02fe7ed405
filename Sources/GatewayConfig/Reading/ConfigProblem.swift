/// Why a text is not the value that is wanted: the message of an issue that knows its path and place later.
struct ConfigProblem: Error {
    let message: String

    /// For what must not be repeated: secrets, and URLs, which may hold some.
    init(_ message: String) {
        self.message = message
    }

    /// For what may be repeated.
    init(expected: String, found text: String) {
        self.message = "expected \(expected), found \(FoundText.shown(text))"
    }
}
